//! The options of uploads, each with what it means.

use super::{lambda_ui, pairs_ui, template_ui};
use crate::store::{CopyFormat, ExistsPolicy, UploadMethod};
use crate::ui::model::{DestinationForm, Fields, FormErrors, Model, SignedBy, TypeChoice};
use crate::ui::widgets::{
    Kind, choice_row, divider, field, meaning_ui, option_ui, paragraph, row_button, select, values_ui,
};
use crate::ui::words::{Explained, Words};
use crate::ui::{format, theme};
use eframe::egui::Ui;
use std::time::Duration;

/// Times that are offered beside the field.
const TIMES: [Duration; 4] = [
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(24),
    Duration::from_hours(7 * 24),
];

pub(super) fn options_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.destination;
    part_ui(ui, words.part_link);
    if form.signed_by() != SignedBy::Ticket {
        template_ui::template_ui(ui, form, model, errors);
    }
    option_ui(ui, words.public_base, errors.public_base.as_deref(), |ui, width| {
        let label = words.public_base.label;
        field(ui, &mut form.fields.public_base, label, words.public_base_hint, width)
    });
    let is_signed_here = matches!(form.signed_by(), SignedBy::Profile | SignedBy::Sandbox);
    if is_signed_here {
        exists_ui(ui, &mut form.fields, model.words);
    }
    copy_ui(ui, &mut form.fields, model.words, errors);
    if is_signed_here {
        signed_ui(ui, form, model, errors);
    } else {
        handed_ui(ui, form, model, errors);
    }
}

/// What only a form that is signed here can hold.
fn signed_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.destination;
    divider(ui);
    part_ui(ui, words.part_object);
    object_ui(ui, &mut form.fields, model.words, errors);
    divider(ui);
    part_ui(ui, words.part_form);
    method_ui(ui, &mut form.fields, model.words, errors);
    expiry_ui(ui, &mut form.fields, model.words, errors);
}

/// What a function is asked. The rest is told, not asked: neither it nor a form that is signed already would listen.
fn handed_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.lambda;
    let is_function = form.signed_by() == SignedBy::Function;
    divider(ui);
    if is_function {
        part_ui(ui, words.part_request);
        type_ui(ui, &mut form.fields, &model.words.destination, errors);
        if form.shows_place() {
            lambda_ui::request_ui(ui, form, model, errors);
        }
    }
    let decides = if is_function {
        words.owner_decides
    } else {
        words.signer_decided
    };
    meaning_ui(ui, decides);
}

fn part_ui(ui: &mut Ui, text: &str) {
    paragraph(ui, text, theme::strong(theme::BODY), theme::palette(ui).text);
}

fn exists_ui(ui: &mut Ui, fields: &mut Fields, words: &Words) {
    let words = &words.destination;
    let choices = [
        (ExistsPolicy::Unique, words.exists_unique),
        (ExistsPolicy::Ask, words.exists_ask),
        (ExistsPolicy::Replace, words.exists_replace),
        (ExistsPolicy::Fail, words.exists_fail),
    ];
    explained_choice_ui(ui, words.if_exists, None, choices, &mut fields.if_exists);
}

fn method_ui(ui: &mut Ui, fields: &mut Fields, words: &Words, errors: &FormErrors) {
    let words = &words.destination;
    let choices = [
        (UploadMethod::Auto, words.method_auto),
        (UploadMethod::Post, words.method_post),
        (UploadMethod::Parts, words.method_parts),
        (UploadMethod::Put, words.method_put),
    ];
    let error = errors.method.as_deref();
    explained_choice_ui(ui, words.method, error, choices, &mut fields.method);
}

/// One of several, with what the chosen one means below it.
fn explained_choice_ui<T: Copy + PartialEq, const N: usize>(
    ui: &mut Ui,
    option: Explained,
    error: Option<&str>,
    choices: [(T, Explained); N],
    chosen: &mut T,
) {
    let current = choices
        .iter()
        .find(|(choice, _)| choice == chosen)
        .map(|(_, text)| *text);
    option_ui(ui, option, error, |ui, width| {
        let label = current.map(|text| text.label).unwrap_or_default();
        let response = select(ui, option.label, label, width, |ui| {
            for (choice, text) in choices {
                if choice_row(ui, *chosen == choice, text.label, text.explanation).clicked() {
                    *chosen = choice;
                }
            }
        });
        if let Some(text) = current {
            meaning_ui(ui, text.explanation);
        }
        response
    });
}

fn copy_ui(ui: &mut Ui, fields: &mut Fields, words: &Words, errors: &FormErrors) {
    let (texts, formats) = (&words.destination, &words.copying);
    let template = match &fields.copy {
        CopyFormat::Template(template) => template.clone(),
        _ => String::from("{name}: {url}"),
    };
    let choices = [
        (CopyFormat::Url, formats.as_url),
        (CopyFormat::Markdown, formats.as_markdown),
        (CopyFormat::Html, formats.as_html),
        (CopyFormat::Template(template), formats.as_template),
    ];
    let chosen = &mut fields.copy;
    option_ui(ui, texts.copy, errors.copy.as_deref(), |ui, width| {
        let current = choices
            .iter()
            .find(|(choice, _)| choice == chosen)
            .map(|(_, label)| *label);
        let response = select(ui, texts.copy.label, current.unwrap_or_default(), width, |ui| {
            for (choice, label) in choices {
                if choice_row(ui, *chosen == choice, label, "").clicked() {
                    *chosen = choice;
                }
            }
        });
        if let CopyFormat::Template(template) = chosen {
            return field(ui, template, formats.as_template, texts.copy_template_hint, width);
        }
        response
    });
}

fn object_ui(ui: &mut Ui, fields: &mut Fields, words: &Words, errors: &FormErrors) {
    let words = &words.destination;
    type_ui(ui, fields, words, errors);
    values_ui(ui, words.acl, words.acl_none, words.acls, &mut fields.acl);
    let (none, values) = (words.storage_none, words.storage_classes);
    values_ui(ui, words.storage_class, none, values, &mut fields.storage_class);
    let (none, values) = (words.encryption_none, words.encryptions);
    values_ui(ui, words.encryption, none, values, &mut fields.encryption);
    if fields.uses_kms() {
        option_ui(ui, words.kms_key_id, errors.kms_key_id.as_deref(), |ui, width| {
            field(
                ui,
                &mut fields.kms_key_id,
                words.kms_key_id.label,
                words.kms_key_hint,
                width,
            )
        });
    }
    option_ui(ui, words.cache_control, errors.cache_control.as_deref(), |ui, width| {
        let label = words.cache_control.label;
        field(ui, &mut fields.cache_control, label, "public, max-age=86400", width)
    });
    let (none, values) = (words.disposition_none, words.dispositions);
    values_ui(ui, words.disposition, none, values, &mut fields.disposition);
    pairs_ui::pairs_ui(
        ui,
        words.metadata,
        words,
        &mut fields.metadata,
        errors.metadata.as_deref(),
    );
    pairs_ui::pairs_ui(ui, words.tags, words, &mut fields.tags, errors.tags.as_deref());
}

fn type_ui(ui: &mut Ui, fields: &mut Fields, words: &crate::ui::words::DestinationWords, errors: &FormErrors) {
    let choices = [
        (TypeChoice::ByFile, words.type_by_name),
        (TypeChoice::Fixed, words.type_fixed),
    ];
    let chosen = &mut fields.type_choice;
    option_ui(ui, words.content_type, errors.content_type.as_deref(), |ui, width| {
        let current = choices
            .iter()
            .find(|(choice, _)| choice == chosen)
            .map(|(_, label)| *label);
        let response = select(ui, words.content_type.label, current.unwrap_or_default(), width, |ui| {
            for (choice, label) in choices {
                if choice_row(ui, *chosen == choice, label, "").clicked() {
                    *chosen = choice;
                }
            }
        });
        if *chosen == TypeChoice::Fixed {
            return field(ui, &mut fields.content_type, words.type_fixed, "image/png", width);
        }
        response
    });
}

fn expiry_ui(ui: &mut Ui, fields: &mut Fields, words: &Words, errors: &FormErrors) {
    let option = words.destination.expires_in;
    option_ui(ui, option, errors.expires_in.as_deref(), |ui, width| {
        let response = field(ui, &mut fields.expires_in, option.label, "1 h", width);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::TIGHT;
            for time in TIMES {
                let label = format::validity(time, words);
                if row_button(ui, Kind::Plain, None, &label, option.label).clicked() {
                    fields.expires_in = label;
                }
            }
        });
        response
    });
}
