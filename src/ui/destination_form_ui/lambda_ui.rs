//! A function that hands out forms: which, who may ask it, and how it is asked.

use super::place_ui::{profile_ui, region_ui};
use crate::signer::lambda;
use crate::store::LambdaMethod;
use crate::ui::model::{AccessChoice, DestinationForm, FormErrors, FoundBy, Model};
use crate::ui::theme;
use crate::ui::view_model::form_preview;
use crate::ui::widgets::{
    self, Icon, Kind, choice_row, field, icon_button, meaning_ui, menu_row, option_ui, row_button, secret_field, select,
};
use crate::ui::words::Explained;
use eframe::egui::{Align, Layout, Popup, RectAlign, Response, Role, Ui, vec2};

/// Headers that functions are known to want.
const HEADERS: [&str; 2] = ["Authorization", "x-api-key"];

/// The function, and who may ask it.
pub(super) fn lambda_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.lambda;
    let ways = [(FoundBy::Url, words.by_url), (FoundBy::Name, words.by_name)];
    choice_ui(ui, words.found_by, &ways, &mut form.fields.lambda.found_by);
    match form.fields.lambda.found_by {
        FoundBy::Url => {
            option_ui(ui, words.url, errors.url.as_deref(), |ui, width| {
                let url = &mut form.fields.lambda.url;
                field(
                    ui,
                    url,
                    words.url.label,
                    "https://abc123.lambda-url.eu-west-1.on.aws/",
                    width,
                )
            });
            let accesses = [
                (AccessChoice::Open, words.access_open),
                (AccessChoice::Iam, words.access_iam),
                (AccessChoice::Header, words.access_header),
            ];
            choice_ui(ui, words.access, &accesses, &mut form.fields.lambda.access);
        }
        FoundBy::Name => option_ui(ui, words.name, errors.function.as_deref(), |ui, width| {
            field(ui, &mut form.fields.lambda.name, words.name.label, "presign", width)
        }),
    }
    if form.fields.lambda.goes_by_profile() {
        profile_ui(ui, form, model, words.profile);
        region_ui(ui, form, errors, words.region, words.region_hint);
    }
    if form.fields.lambda.sends_header() {
        header_ui(ui, form, model, errors);
        secret_ui(ui, form, model, errors);
    }
}

/// One of a few, with what the chosen one means below it.
fn choice_ui<T: Copy + PartialEq>(ui: &mut Ui, option: Explained, choices: &[(T, Explained)], chosen: &mut T) {
    let current = choices
        .iter()
        .find(|(choice, _)| choice == chosen)
        .map(|(_, text)| *text);
    option_ui(ui, option, None, |ui, width| {
        let label = current.map(|text| text.label).unwrap_or_default();
        let response = select(ui, option.label, label, width, |ui| {
            for (choice, text) in choices {
                if choice_row(ui, chosen == choice, text.label, text.explanation).clicked() {
                    *chosen = *choice;
                }
            }
        });
        if let Some(text) = current {
            meaning_ui(ui, text.explanation);
        }
        response
    });
}

fn header_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.lambda;
    let header = &mut form.fields.lambda.header;
    option_ui(ui, words.header, errors.header.as_deref(), |ui, width| {
        beside_ui(ui, width, |ui, width| {
            let response = field(ui, header, words.header.label, "x-api-key", width);
            let opener = icon_button(ui, Icon::ChevronDown, theme::CONTROL, words.choose_header, "");
            Popup::menu(&opener)
                .align(RectAlign::BOTTOM_END)
                .gap(theme::TIGHT)
                .width(theme::REGION_MENU)
                .accessible_name(words.choose_header)
                .show(|ui| {
                    ui.set_width(theme::REGION_MENU);
                    ui.spacing_mut().item_spacing.y = 2.0;
                    for name in HEADERS {
                        if menu_row(ui, Role::MenuItemRadio, header == name, None, name, "").clicked() {
                            name.clone_into(header);
                            ui.close();
                        }
                    }
                });
            response
        })
    });
}

/// What the header holds; where the keychain has it, only that is told.
fn secret_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.lambda;
    if form.keeps_secret() {
        option_ui(ui, words.secret, None, |ui, width| {
            let line = vec2(width, theme::CONTROL);
            let layout = Layout::left_to_right(Align::Center);
            ui.allocate_ui_with_layout(line, layout, |ui| {
                widgets::paragraph(
                    ui,
                    words.secret_kept,
                    theme::regular(theme::BODY),
                    theme::palette(ui).weak,
                );
                let replace = row_button(ui, Kind::Plain, None, words.replace_secret, words.secret.label);
                if replace.clicked() {
                    form.replaces_secret = true;
                }
                replace
            })
            .inner
        });
        return;
    }
    option_ui(ui, words.secret, errors.secret.as_deref(), |ui, width| {
        let response = beside_ui(ui, width, |ui, width| {
            let is_hidden = !form.shows_secret;
            let is_bearer = form.fields.lambda.header.eq_ignore_ascii_case("authorization");
            let hint = if is_bearer { "Bearer …" } else { "" };
            let secret = form.fields.lambda.secret.typed();
            let response = secret_field(ui, secret, words.secret.label, hint, width, is_hidden);
            let (symbol, does) = if is_hidden {
                (Icon::Eye, words.show_secret)
            } else {
                (Icon::EyeOff, words.hide_secret)
            };
            if icon_button(ui, symbol, theme::CONTROL, does, words.secret.label).clicked() {
                form.shows_secret = is_hidden;
            }
            response
        });
        if form.replaces_secret {
            let keep = row_button(ui, Kind::Plain, None, words.keep_secret, words.secret.label);
            if keep.clicked() {
                form.replaces_secret = false;
                form.fields.lambda.secret = crate::aws::Secret::default();
            }
        }
        response
    });
}

/// A field and a button at its right.
fn beside_ui(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui, f32) -> Response) -> Response {
    let line = vec2(width, theme::CONTROL);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(line, layout, |ui| {
        ui.spacing_mut().item_spacing.x = theme::TIGHT;
        add(ui, width - theme::CONTROL - theme::TIGHT)
    })
    .inner
}

/// How it is asked, with what is sent for the example.
pub(super) fn request_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.lambda;
    if form.fields.lambda.found_by == FoundBy::Url {
        let methods = [
            (LambdaMethod::Post, words.method_post),
            (LambdaMethod::Get, words.method_get),
        ];
        choice_ui(ui, words.method, &methods, &mut form.fields.lambda.method);
    }
    let method = form.method();
    let example = example(form, model);
    option_ui(ui, words.body_template, errors.body_template.as_deref(), |ui, width| {
        let template = &mut form.fields.lambda.body_template;
        let response = field(ui, template, words.body_template.label, lambda::DEFAULT_TEMPLATE, width);
        if let Some(example) = &example {
            let sent = match method {
                LambdaMethod::Post => words.sent_as_body,
                LambdaMethod::Get => words.sent_as_query,
            };
            meaning_ui(ui, &format!("{sent}: {example}"));
        }
        response
    });
}

/// What is sent for the file that stands for the next.
fn example(form: &DestinationForm, model: &Model) -> Option<String> {
    const A_SIZE: u64 = 1_258_291;
    let destination = form.destination(model.words);
    let now = jiff::ZonedDateTime::now().datetime();
    let object_name = form_preview(model, &destination, now).object_key?;
    let by_name = || mime_guess::from_path(&object_name).first_or_octet_stream().to_string();
    let shape = form.request_shape().ok()?;
    let asked = lambda::Asked {
        object_name: &object_name,
        content_type: &destination.options.content_type.unwrap_or_else(by_name),
        size_bytes: A_SIZE,
    };
    Some(shape.example(&asked))
}
