//! The template that deploys our function: the linters of AWS find nothing, and it grants what it must and no more.

use crate::support::tools::{self, lambda_tool};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::Command;

const TEMPLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lambda/template.yaml");
/// The template's short forms (`!Ref`) as the JSON that they stand for.
const AS_JSON: &str = "import json, sys; from cfnlint.decode import decode; print(json.dumps(decode(sys.argv[1])[0]))";

/// One of the tools, without a network, a person's settings, or anything that it might report home.
fn tool(name: &str) -> Command {
    let mut tool = lambda_tool(name);
    tool.env("SAM_CLI_TELEMETRY", "0")
        .env("AWS_DEFAULT_REGION", "eu-west-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("HOME", std::env::temp_dir());
    tool
}

fn template() -> Value {
    serde_json::from_str(&tools::stdout(tool("python").args(["-c", AS_JSON, TEMPLATE]))).unwrap()
}

#[test]
fn the_linters_of_aws_find_nothing() {
    tools::stdout(tool("cfn-lint").arg(TEMPLATE));
    let said = tools::stdout(tool("sam").args(["validate", "--lint", "--template", TEMPLATE]));
    assert!(said.contains("is a valid SAM Template"), "{said}");
}

#[test]
fn the_role_may_write_below_the_prefix_and_its_log_and_nothing_else() {
    let template = template();
    let role = &template["Resources"]["Role"]["Properties"];
    let statements: Vec<&Value> = role["Policies"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().unwrap())
        .collect();
    assert_eq!(
        json!(statements),
        json!([
            {"Effect": "Allow", "Action": "s3:PutObject", "Resource": {"Fn::Sub": "${Bucket.Arn}/${Prefix}*"}},
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": {"Fn::GetAtt": ["LogGroup", "Arn"]}
            },
        ])
    );
    assert_eq!(role.get("ManagedPolicyArns"), None);
    let function = &template["Resources"]["Function"]["Properties"];
    assert_eq!(function["Role"], json!({"Fn::GetAtt": ["Role", "Arn"]}));
    assert_eq!(function.get("Policies"), None);
    assert_eq!(
        function["Environment"]["Variables"]["DROPSLOT_KEY_PREFIX"],
        json!({"Ref": "Prefix"})
    );
}

#[test]
fn its_url_has_both_permissions_and_asks_for_a_token_where_iam_does_not() {
    let template = template();
    let permission = |name: &str| {
        let resource = &template["Resources"][name];
        assert_eq!(resource["Type"], "AWS::Lambda::Permission");
        resource["Properties"].clone()
    };
    let principal = json!({"Fn::If": ["IsPublic", "*", {"Ref": "AWS::AccountId"}]});
    assert_eq!(
        permission("UrlPermission"),
        json!({
            "FunctionName": {"Ref": "Function"}, "Action": "lambda:InvokeFunctionUrl", "Principal": principal,
            "FunctionUrlAuthType": {"Ref": "AuthType"}
        })
    );
    assert_eq!(
        permission("FunctionPermission"),
        json!({
            "FunctionName": {"Ref": "Function"}, "Action": "lambda:InvokeFunction", "Principal": principal,
            "InvokedViaFunctionUrl": true
        })
    );
    let rule = &template["Rules"]["SomebodyIsAsked"];
    assert_eq!(
        rule["RuleCondition"],
        json!({"Fn::Equals": [{"Ref": "AuthType"}, "NONE"]})
    );
    assert_eq!(template["Parameters"]["Tokens"]["NoEcho"], true);
}

#[test]
fn its_bucket_is_closed_and_only_cloudfront_reads_below_the_prefix() {
    let template = template();
    let bucket = &template["Resources"]["Bucket"]["Properties"];
    let closed = bucket["PublicAccessBlockConfiguration"].as_object().unwrap();
    assert!(
        closed.len() == 4 && closed.values().all(|value| value == true),
        "{closed:?}"
    );
    assert_eq!(
        bucket["OwnershipControls"]["Rules"],
        json!([{"ObjectOwnership": "BucketOwnerEnforced"}])
    );
    let lifecycle = &bucket["LifecycleConfiguration"]["Rules"][0];
    assert_eq!(lifecycle["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"], 1);

    let statements = &template["Resources"]["BucketPolicy"]["Properties"]["PolicyDocument"]["Statement"];
    let allowing: Vec<&Value> = statements
        .as_array()
        .unwrap()
        .iter()
        .map(|statement| statement.pointer("/Fn::If/1").unwrap_or(statement))
        .filter(|statement| statement["Effect"] != "Deny")
        .collect();
    assert_eq!(allowing.len(), 1, "{statements}");
    assert_eq!(allowing[0]["Principal"], json!({"Service": "cloudfront.amazonaws.com"}));
    assert_eq!(allowing[0]["Action"], "s3:GetObject");
    assert_eq!(allowing[0]["Resource"], json!({"Fn::Sub": "${Bucket.Arn}/${Prefix}*"}));
    assert!(allowing[0]["Condition"]["StringEquals"]["AWS:SourceArn"].is_object());
}

#[test]
fn it_sets_no_variable_that_the_function_does_not_read() {
    let template = template();
    let function = &template["Resources"]["Function"]["Properties"];
    let variables = function["Environment"]["Variables"].as_object().unwrap();
    let page = include_str!("../../src/lambda.rs");
    let known: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `")?.split('`').next())
        .collect();
    assert!(known.contains("DROPSLOT_BUCKET"), "is this the table? {known:?}");
    let unknown: Vec<&String> = variables.keys().filter(|name| !known.contains(name.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert_eq!(function["Runtime"], "provided.al2023");
    assert!(template["Resources"]["LogGroup"]["Properties"]["RetentionInDays"].is_object());
    assert!(function["ReservedConcurrentExecutions"].is_object());
}
