//! Where files go: who signs for them, and of a bucket service, endpoint, region and profile.

use crate::ui::model::{DestinationAction, DestinationForm, FormErrors, Model, Service, SignedBy};
use crate::ui::widgets::{
    Icon, Kind, choice_row, field, meaning_ui, menu_row, option_ui, paragraph, row_button, segmented, select, spinner,
};
use crate::ui::words::Explained;
use crate::ui::{names, theme};
use eframe::egui::{Role, ScrollArea, Ui};

/// Who signs the forms: all else goes by that.
pub(super) fn signed_by_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model) {
    let words = &model.words.lambda;
    let kinds = [
        (SignedBy::Profile, words.kind_bucket),
        (SignedBy::Function, words.kind_function),
    ];
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::TIGHT;
        let labels = kinds.map(|(_, text)| text.label);
        let is_chosen = |kind: &(SignedBy, Explained)| kind.0 == form.signed_by();
        let chosen = kinds.iter().position(is_chosen).unwrap_or_default();
        let picked = segmented(ui, words.kind.label, &labels, chosen);
        if let Some((kind, _)) = picked.and_then(|picked| kinds.get(picked)) {
            form.fields.signed_by = *kind;
        }
        if let Some((_, text)) = kinds.get(chosen) {
            meaning_ui(ui, text.explanation);
        }
    });
}

/// The place of a bucket.
pub(super) fn place_ui(
    ui: &mut Ui,
    form: &mut DestinationForm,
    model: &Model,
    errors: &FormErrors,
    asked: &mut Vec<DestinationAction>,
) {
    let words = &model.words.destination;
    service_ui(ui, form, model);
    if form.fields.service != Service::Aws {
        let hint = form.fields.service.endpoint_hint();
        option_ui(ui, words.endpoint, errors.endpoint.as_deref(), |ui, width| {
            field(ui, &mut form.fields.endpoint, words.endpoint.label, hint, width)
        });
    }
    region_ui(ui, form, errors, words.region, words.region_hint);
    profile_ui(ui, form, model, words.profile);
    bucket_ui(ui, form, model, errors, asked);
}

fn service_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model) {
    let words = &model.words.destination;
    let name = |service: Service| service.name().unwrap_or(words.service_other);
    option_ui(ui, words.service, None, |ui, width| {
        let chosen = form.fields.service;
        select(ui, words.service.label, name(chosen), width, |ui| {
            for service in Service::ALL {
                if choice_row(ui, service == chosen, name(service), service.sample_endpoint()).clicked() {
                    form.choose_service(service);
                }
            }
        })
    });
}

/// Of the bucket, or of the function.
pub(super) fn region_ui(ui: &mut Ui, form: &mut DestinationForm, errors: &FormErrors, option: Explained, hint: &str) {
    option_ui(ui, option, errors.region.as_deref(), |ui, width| {
        field(ui, &mut form.fields.region, option.label, hint, width)
    });
}

/// Whose keys sign.
pub(super) fn profile_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, option: Explained) {
    let words = &model.words.destination;
    let chosen = &mut form.fields.profile;
    let shown =
        |profile: Option<&str>| profile.map_or_else(|| words.profile_of_environment.to_owned(), names::harmless);
    option_ui(ui, option, None, |ui, width| {
        let current = shown(chosen.as_deref());
        select(ui, option.label, &current, width, |ui| {
            let profiles = model
                .picker
                .profiles
                .as_ref()
                .and_then(|profiles| profiles.as_ref().ok());
            for profile in profiles.into_iter().flatten() {
                let is_chosen = chosen.as_deref() == Some(&profile.name);
                let region = profile.region.as_deref().unwrap_or_default();
                if choice_row(ui, is_chosen, &names::harmless(&profile.name), region).clicked() {
                    *chosen = Some(profile.name.clone());
                }
            }
            if choice_row(
                ui,
                chosen.is_none(),
                words.profile_of_environment,
                "AWS_PROFILE, AWS_ACCESS_KEY_ID",
            )
            .clicked()
            {
                *chosen = None;
            }
        })
    });
}

fn bucket_ui(
    ui: &mut Ui,
    form: &mut DestinationForm,
    model: &Model,
    errors: &FormErrors,
    asked: &mut Vec<DestinationAction>,
) {
    let words = &model.words.destination;
    option_ui(ui, words.bucket, errors.bucket.as_deref(), |ui, width| {
        let response = field(ui, &mut form.fields.bucket, words.bucket.label, "media-assets", width);
        if form.buckets_loading {
            spinner(ui, theme::ICON, theme::palette(ui).weak);
        } else if row_button(ui, Kind::Plain, Some(Icon::Reload), words.list_buckets, "").clicked() {
            asked.push(DestinationAction::ListBuckets);
        }
        list_ui(ui, form, model);
        response
    });
}

/// The buckets that hold what is typed; all of them while nothing is.
fn list_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model) {
    let palette = theme::palette(ui);
    let small = theme::regular(theme::SMALL);
    let fields = &mut form.fields;
    match form.buckets.as_ref().map(|list| &list.buckets) {
        None => {}
        Some(Err(failure)) if failure.code == crate::engine::Code::ListDenied => {
            paragraph(ui, model.words.list_denied, small, palette.careful);
        }
        Some(Err(failure)) => {
            paragraph(ui, &model.words.failure(failure).what, small.clone(), palette.bad);
            paragraph(ui, &model.words.failure(failure).hint, small, palette.weak);
        }
        Some(Ok(buckets)) if buckets.is_empty() => {
            paragraph(ui, model.words.no_buckets, small, palette.weak);
        }
        Some(Ok(buckets)) => {
            let typed = fields.bucket.trim().to_lowercase();
            let is_one = buckets.contains(&typed);
            let matching: Vec<&String> = buckets.iter().filter(|name| is_one || name.contains(&typed)).collect();
            ui.spacing_mut().item_spacing.y = 2.0;
            ScrollArea::vertical()
                .id_salt("buckets of the form")
                .max_height(theme::FORM_LIST)
                .show_rows(ui, theme::CONTROL, matching.len(), |ui, range| {
                    for name in matching.iter().skip(range.start).take(range.len()) {
                        let is_chosen = fields.bucket == **name;
                        let row = menu_row(
                            ui,
                            Role::MenuItemRadio,
                            is_chosen,
                            Some(Icon::Bucket),
                            &names::harmless(name),
                            "",
                        );
                        if row.clicked() {
                            fields.bucket.clone_from(name);
                        }
                    }
                });
        }
    }
}
