# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_dropslot_global_optspecs
    string join \n to= profile= bucket= region= endpoint-url= sandbox lambda= lambda-auth= lambda-header= lambda-method= lambda-body= lambda-function= ticket= h/help V/version
end

function __fish_dropslot_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_dropslot_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_dropslot_using_subcommand
    set -l cmd (__fish_dropslot_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c dropslot -n "__fish_dropslot_needs_command" -l to -d 'A destination saved in the window' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l profile -d 'The AWS profile that signs' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l bucket -d 'The bucket' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l region -d 'The bucket\'s region; found out where it is not given' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l endpoint-url -d 'The endpoint of a store other than AWS' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l lambda -d 'The URL of a Lambda (or of anybody) that hands out forms' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l lambda-auth -d 'Who asks the URL: anybody, or whoever --profile signs for (AWS_IAM)' -r -f -a "none\t'Anybody'
iam\t'Whoever a profile signs for'"
complete -c dropslot -n "__fish_dropslot_needs_command" -l lambda-header -d 'A header with a key or a token, \'NAME: VALUE\', or @FILE with one a line; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l lambda-method -d 'How the URL is asked: GET puts object name, type and size into the query' -r -f -a "post\t'A JSON body'
get\t'The query string'"
complete -c dropslot -n "__fish_dropslot_needs_command" -l lambda-body -d 'The request\'s JSON, with {object_name}, {content_type} and {size_bytes} in its texts' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l lambda-function -d 'The name or ARN of a Lambda that --profile may invoke' -r -f
complete -c dropslot -n "__fish_dropslot_needs_command" -l ticket -d 'A form that was signed already: a file with its JSON or its curl line; - is standard input' -r -F
complete -c dropslot -n "__fish_dropslot_needs_command" -l sandbox -d 'The embedded S3 on this machine'
complete -c dropslot -n "__fish_dropslot_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dropslot -n "__fish_dropslot_needs_command" -s V -l version -d 'Print version'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "put" -d 'Upload; prints one public URL a line, in the order given'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "presign" -d 'Sign a form and print it: {"url": …, "fields": {…}}'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "profiles" -d 'List the AWS profiles, one name a line'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "buckets" -d 'List the buckets of a profile, one name a line'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "history" -d 'List what was uploaded, newest first'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "doctor" -d 'Send a small file all the way and delete it again; says of each step what to change'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "diagnostics" -d 'Print what to paste into an issue: versions, settings, the last failures; no names, no secrets'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "sandbox" -d 'Serve the embedded S3 alone until stopped'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "completions" -d 'Print what completes this command line in a shell'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "man" -d 'Print the manual page, for man(1)'
complete -c dropslot -n "__fish_dropslot_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l to -d 'A destination saved in the window' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l profile -d 'The AWS profile that signs' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l bucket -d 'The bucket' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l region -d 'The bucket\'s region; found out where it is not given' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l endpoint-url -d 'The endpoint of a store other than AWS' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l lambda -d 'The URL of a Lambda (or of anybody) that hands out forms' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l lambda-auth -d 'Who asks the URL: anybody, or whoever --profile signs for (AWS_IAM)' -r -f -a "none\t'Anybody'
iam\t'Whoever a profile signs for'"
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l lambda-header -d 'A header with a key or a token, \'NAME: VALUE\', or @FILE with one a line; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l lambda-method -d 'How the URL is asked: GET puts object name, type and size into the query' -r -f -a "post\t'A JSON body'
get\t'The query string'"
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l lambda-body -d 'The request\'s JSON, with {object_name}, {content_type} and {size_bytes} in its texts' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l lambda-function -d 'The name or ARN of a Lambda that --profile may invoke' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l ticket -d 'A form that was signed already: a file with its JSON or its curl line; - is standard input' -r -F
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l content-type -d 'Content type; by name and content where it is not given' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l acl -d 'Canned ACL; most buckets take none' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l storage-class -d 'Storage class, such as STANDARD_IA' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l server-side-encryption -d 'Server-side encryption: AES256 or aws:kms' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l kms-key-id -d 'KMS key, with --server-side-encryption aws:kms' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l cache-control -d 'Cache-Control of the object' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l content-disposition -d 'Content-Disposition of the object' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l metadata -d 'User metadata; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l tag -d 'A tag; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l expires-in -d 'How long the form is valid, in seconds: 1 to 604800' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l key -d 'Object key, or a template: {name} {stem} {ext} {dir} {date} {year} {month} {day} {time} {rand} {uuid} {user} {host}' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l public-base -d 'Base of the URLs where it is not the bucket\'s own address' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l if-exists -d 'What to do when the object exists' -r -f -a "unique\t'Choose another key'
replace\t'Overwrite it'
fail\t'Send nothing'"
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l s3-host -d 'Another S3 host that a Lambda\'s forms may go to from now on; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l method -d 'How to send; as the destination says where it is not given' -r -f -a "auto\t'What suits the file and the store'
post\t'A presigned POST'
parts\t'In parts, side by side'
put\t'A presigned PUT'"
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l jobs -d 'Requests at a time, instead of as many as help (2 to 16)' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l limit-rate -d 'Bytes per second of all uploads together, such as 500k or 1.5M' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l sandbox -d 'The embedded S3 on this machine'
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l no-probe -d 'Do not look whether the link opens'
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l json -d 'Print one JSON object a file instead of its URL'
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -s q -l quiet -d 'No progress and no notes'
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -l resume -d 'First send what was interrupted, to where it was to go: what killed commands and closed windows left'
complete -c dropslot -n "__fish_dropslot_using_subcommand put" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l to -d 'A destination saved in the window' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l profile -d 'The AWS profile that signs' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l bucket -d 'The bucket' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l region -d 'The bucket\'s region; found out where it is not given' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l endpoint-url -d 'The endpoint of a store other than AWS' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l lambda -d 'The URL of a Lambda (or of anybody) that hands out forms' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l lambda-auth -d 'Who asks the URL: anybody, or whoever --profile signs for (AWS_IAM)' -r -f -a "none\t'Anybody'
iam\t'Whoever a profile signs for'"
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l lambda-header -d 'A header with a key or a token, \'NAME: VALUE\', or @FILE with one a line; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l lambda-method -d 'How the URL is asked: GET puts object name, type and size into the query' -r -f -a "post\t'A JSON body'
get\t'The query string'"
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l lambda-body -d 'The request\'s JSON, with {object_name}, {content_type} and {size_bytes} in its texts' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l lambda-function -d 'The name or ARN of a Lambda that --profile may invoke' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l ticket -d 'A form that was signed already: a file with its JSON or its curl line; - is standard input' -r -F
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l content-type -d 'Content type; by name and content where it is not given' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l acl -d 'Canned ACL; most buckets take none' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l storage-class -d 'Storage class, such as STANDARD_IA' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l server-side-encryption -d 'Server-side encryption: AES256 or aws:kms' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l kms-key-id -d 'KMS key, with --server-side-encryption aws:kms' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l cache-control -d 'Cache-Control of the object' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l content-disposition -d 'Content-Disposition of the object' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l metadata -d 'User metadata; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l tag -d 'A tag; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l expires-in -d 'How long the form is valid, in seconds: 1 to 604800' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l field -d 'Another form field, with the condition that it has exactly this value; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l condition -d 'Another condition, as JSON: ["starts-with","$Content-Type","image/"] or ["content-length-range",0,1048576]' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -l sandbox -d 'The embedded S3 on this machine'
complete -c dropslot -n "__fish_dropslot_using_subcommand presign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dropslot -n "__fish_dropslot_using_subcommand profiles" -s h -l help -d 'Print help'
complete -c dropslot -n "__fish_dropslot_using_subcommand buckets" -l profile -d 'The AWS profile' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand buckets" -l region -d 'The region to ask' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand buckets" -l endpoint-url -d 'The endpoint of a store other than AWS' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand buckets" -s h -l help -d 'Print help'
complete -c dropslot -n "__fish_dropslot_using_subcommand history" -l limit -d 'At most so many' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand history" -l json -d 'One JSON object a line'
complete -c dropslot -n "__fish_dropslot_using_subcommand history" -s h -l help -d 'Print help'
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l to -d 'A destination saved in the window' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l profile -d 'The AWS profile that signs' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l bucket -d 'The bucket' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l region -d 'The bucket\'s region; found out where it is not given' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l endpoint-url -d 'The endpoint of a store other than AWS' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l lambda -d 'The URL of a Lambda (or of anybody) that hands out forms' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l lambda-auth -d 'Who asks the URL: anybody, or whoever --profile signs for (AWS_IAM)' -r -f -a "none\t'Anybody'
iam\t'Whoever a profile signs for'"
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l lambda-header -d 'A header with a key or a token, \'NAME: VALUE\', or @FILE with one a line; may be given several times' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l lambda-method -d 'How the URL is asked: GET puts object name, type and size into the query' -r -f -a "post\t'A JSON body'
get\t'The query string'"
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l lambda-body -d 'The request\'s JSON, with {object_name}, {content_type} and {size_bytes} in its texts' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l lambda-function -d 'The name or ARN of a Lambda that --profile may invoke' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l ticket -d 'A form that was signed already: a file with its JSON or its curl line; - is standard input' -r -F
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l key -d 'Object key or template that files would get, as with put: nothing beside its beginning is asked for' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l sandbox -d 'The embedded S3 on this machine'
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l abort-unfinished -d 'Delete the parts of unfinished uploads, except of those that this machine\'s queue can go on with'
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l policy -d 'Print the least that IAM must allow for uploads there, and examine nothing'
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -l json -d 'One JSON object a line'
complete -c dropslot -n "__fish_dropslot_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c dropslot -n "__fish_dropslot_using_subcommand diagnostics" -s h -l help -d 'Print help'
complete -c dropslot -n "__fish_dropslot_using_subcommand sandbox" -l port -d 'The port on 127.0.0.1; 0 takes a free one' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand sandbox" -l dir -d 'Where objects are kept; in the data folder where it is not given' -r -F
complete -c dropslot -n "__fish_dropslot_using_subcommand sandbox" -l idle-exit -d 'Serve without a terminal, on any free port where the given one is taken, until nobody has asked for this long' -r -f
complete -c dropslot -n "__fish_dropslot_using_subcommand sandbox" -l stop -d 'Stop the sandbox that serves this folder'
complete -c dropslot -n "__fish_dropslot_using_subcommand sandbox" -s h -l help -d 'Print help'
complete -c dropslot -n "__fish_dropslot_using_subcommand completions" -s h -l help -d 'Print help'
complete -c dropslot -n "__fish_dropslot_using_subcommand man" -s h -l help -d 'Print help'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "put" -d 'Upload; prints one public URL a line, in the order given'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "presign" -d 'Sign a form and print it: {"url": …, "fields": {…}}'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "profiles" -d 'List the AWS profiles, one name a line'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "buckets" -d 'List the buckets of a profile, one name a line'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "history" -d 'List what was uploaded, newest first'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "doctor" -d 'Send a small file all the way and delete it again; says of each step what to change'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "diagnostics" -d 'Print what to paste into an issue: versions, settings, the last failures; no names, no secrets'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "sandbox" -d 'Serve the embedded S3 alone until stopped'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "completions" -d 'Print what completes this command line in a shell'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "man" -d 'Print the manual page, for man(1)'
complete -c dropslot -n "__fish_dropslot_using_subcommand help; and not __fish_seen_subcommand_from put presign profiles buckets history doctor diagnostics sandbox completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
