//! What a file is, as a drawing: for rows that have no thumbnail.

use super::super::file_type::FileType;
use super::icon::Pen;
use eframe::egui::{Color32, Painter, Rect, Stroke};

/// A sheet of paper with a folded corner.
const SHEET: [(f32, f32); 8] = [
    (0.6, 0.06),
    (0.18, 0.06),
    (0.18, 0.94),
    (0.82, 0.94),
    (0.82, 0.28),
    (0.6, 0.06),
    (0.6, 0.28),
    (0.82, 0.28),
];

/// Draws the icon of `file_type` into `rect`, which should be square.
pub(crate) fn type_icon(painter: &Painter, file_type: FileType, rect: Rect, colour: Color32) {
    let pen = Pen {
        painter,
        rect,
        stroke: Stroke::new((rect.width() / 14.0).max(1.4), colour),
    };
    match file_type {
        FileType::Image => {
            pen.rounded((0.06, 0.14), (0.94, 0.86));
            pen.oval((0.32, 0.38), (0.08, 0.08));
            pen.lines(&[(0.1, 0.78), (0.4, 0.54), (0.56, 0.68), (0.72, 0.48), (0.92, 0.7)]);
        }
        FileType::Video => {
            pen.rounded((0.06, 0.16), (0.94, 0.84));
            pen.lines(&[(0.42, 0.36), (0.42, 0.64), (0.66, 0.5), (0.42, 0.36)]);
        }
        FileType::Audio => {
            pen.lines(&[(0.38, 0.74), (0.38, 0.18), (0.84, 0.1), (0.84, 0.66)]);
            pen.lines(&[(0.38, 0.34), (0.84, 0.26)]);
            pen.oval((0.26, 0.76), (0.13, 0.11));
            pen.oval((0.72, 0.68), (0.13, 0.11));
        }
        FileType::Archive => {
            pen.rounded((0.08, 0.12), (0.92, 0.36));
            pen.lines(&[(0.15, 0.36), (0.15, 0.88), (0.85, 0.88), (0.85, 0.36)]);
            pen.lines(&[(0.4, 0.54), (0.6, 0.54)]);
        }
        FileType::Document => {
            pen.lines(&SHEET);
            for (y, end) in [(0.46, 0.66), (0.62, 0.66), (0.78, 0.52)] {
                pen.lines(&[(0.34, y), (end, y)]);
            }
        }
        FileType::Text => {
            pen.lines(&[(0.3, 0.26), (0.08, 0.5), (0.3, 0.74)]);
            pen.lines(&[(0.7, 0.26), (0.92, 0.5), (0.7, 0.74)]);
            pen.lines(&[(0.57, 0.18), (0.43, 0.82)]);
        }
        FileType::Sheet => {
            pen.rounded((0.08, 0.14), (0.92, 0.86));
            pen.lines(&[(0.08, 0.38), (0.92, 0.38)]);
            pen.lines(&[(0.08, 0.62), (0.92, 0.62)]);
            pen.lines(&[(0.36, 0.38), (0.36, 0.86)]);
        }
        FileType::DiskImage => {
            pen.oval((0.5, 0.5), (0.43, 0.43));
            pen.oval((0.5, 0.5), (0.13, 0.13));
            pen.lines(&[(0.5, 0.22), (0.62, 0.25), (0.72, 0.33)]);
        }
        FileType::Other => pen.lines(&SHEET),
    }
}
