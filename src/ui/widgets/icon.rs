//! Icons, drawn as lines: no font has to know them.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, epaint::PathShape, pos2, vec2};
use std::f32::consts::TAU;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    ArrowUp,
    Bucket,
    Check,
    ChevronDown,
    ChevronRight,
    Clock,
    Copy,
    Cross,
    Dots,
    Eye,
    EyeOff,
    File,
    Folder,
    Function,
    Glass,
    Inbox,
    Key,
    Minus,
    Offline,
    Open,
    Paste,
    Pause,
    Pen,
    Qr,
    Plus,
    Reload,
    Shield,
    Sliders,
    Question,
    Lock,
    Ticket,
    Trash,
}

/// Draws `icon` into the middle of `rect`, which should be square.
#[allow(clippy::too_many_lines, reason = "a table of drawings: one arm an icon")]
pub(crate) fn icon(painter: &Painter, icon: Icon, rect: Rect, colour: Color32) {
    let pen = Pen {
        painter,
        rect,
        stroke: Stroke::new((rect.width() / 10.0).max(1.4), colour),
    };
    match icon {
        Icon::ArrowUp => {
            pen.lines(&[(0.5, 0.85), (0.5, 0.15)]);
            pen.lines(&[(0.2, 0.45), (0.5, 0.15), (0.8, 0.45)]);
        }
        Icon::Bucket => {
            pen.lines(&[(0.12, 0.25), (0.24, 0.85), (0.76, 0.85), (0.88, 0.25)]);
            pen.oval((0.5, 0.25), (0.38, 0.12));
        }
        Icon::Check => pen.lines(&[(0.18, 0.53), (0.41, 0.76), (0.82, 0.28)]),
        Icon::ChevronDown => pen.lines(&[(0.25, 0.38), (0.5, 0.63), (0.75, 0.38)]),
        Icon::ChevronRight => pen.lines(&[(0.38, 0.25), (0.63, 0.5), (0.38, 0.75)]),
        Icon::Clock => {
            pen.oval((0.5, 0.5), (0.4, 0.4));
            pen.lines(&[(0.5, 0.27), (0.5, 0.52), (0.66, 0.62)]);
        }
        Icon::Copy => {
            pen.rounded((0.36, 0.36), (0.88, 0.88));
            pen.lines(&[(0.64, 0.36), (0.64, 0.12), (0.12, 0.12), (0.12, 0.64), (0.36, 0.64)]);
        }
        Icon::Cross => {
            pen.lines(&[(0.24, 0.24), (0.76, 0.76)]);
            pen.lines(&[(0.76, 0.24), (0.24, 0.76)]);
        }
        Icon::Dots => [0.2, 0.5, 0.8].into_iter().for_each(|x| pen.dot((x, 0.5), 0.085)),
        Icon::Eye => pen.eye(),
        Icon::EyeOff => {
            pen.eye();
            pen.lines(&[(0.18, 0.86), (0.82, 0.14)]);
        }
        Icon::File => {
            pen.lines(&[
                (0.58, 0.1),
                (0.2, 0.1),
                (0.2, 0.9),
                (0.8, 0.9),
                (0.8, 0.32),
                (0.58, 0.1),
                (0.58, 0.32),
                (0.8, 0.32),
            ]);
        }
        Icon::Folder => pen.lines(&[
            (0.1, 0.82),
            (0.1, 0.2),
            (0.4, 0.2),
            (0.5, 0.33),
            (0.9, 0.33),
            (0.9, 0.82),
            (0.1, 0.82),
        ]),
        Icon::Function => {
            pen.lines(&[(0.2, 0.12), (0.36, 0.12), (0.7, 0.88), (0.86, 0.88)]);
            pen.lines(&[(0.48, 0.42), (0.18, 0.88)]);
        }
        Icon::Inbox => {
            pen.lines(&[(0.5, 0.08), (0.5, 0.56)]);
            pen.lines(&[(0.31, 0.38), (0.5, 0.57), (0.69, 0.38)]);
            pen.lines(&[(0.1, 0.6), (0.1, 0.9), (0.9, 0.9), (0.9, 0.6)]);
        }
        Icon::Key => {
            pen.oval((0.3, 0.68), (0.19, 0.19));
            pen.lines(&[(0.44, 0.54), (0.86, 0.12)]);
            pen.lines(&[(0.66, 0.32), (0.8, 0.46)]);
        }
        Icon::Lock => {
            pen.rounded((0.2, 0.46), (0.8, 0.88));
            pen.lines(&[
                (0.32, 0.46),
                (0.32, 0.3),
                (0.4, 0.16),
                (0.6, 0.16),
                (0.68, 0.3),
                (0.68, 0.46),
            ]);
        }
        Icon::Minus => pen.lines(&[(0.22, 0.5), (0.78, 0.5)]),
        Icon::Offline => {
            // The arcs of a radio, broken by a line.
            pen.lines(&[(0.06, 0.4), (0.2, 0.29), (0.34, 0.22)]);
            pen.lines(&[(0.56, 0.19), (0.76, 0.27), (0.94, 0.4)]);
            pen.lines(&[(0.64, 0.51), (0.74, 0.6)]);
            pen.lines(&[(0.26, 0.6), (0.36, 0.52)]);
            pen.dot((0.5, 0.82), 0.08);
            pen.lines(&[(0.2, 0.1), (0.8, 0.9)]);
        }
        Icon::Open => {
            pen.lines(&[(0.42, 0.16), (0.14, 0.16), (0.14, 0.86), (0.84, 0.86), (0.84, 0.58)]);
            pen.lines(&[(0.48, 0.52), (0.86, 0.14)]);
            pen.lines(&[(0.6, 0.14), (0.86, 0.14), (0.86, 0.4)]);
        }
        Icon::Paste => {
            pen.rounded((0.18, 0.2), (0.82, 0.9));
            pen.rounded((0.36, 0.1), (0.64, 0.3));
        }
        Icon::Pause => {
            pen.lines(&[(0.36, 0.24), (0.36, 0.76)]);
            pen.lines(&[(0.64, 0.24), (0.64, 0.76)]);
        }
        Icon::Pen => {
            pen.lines(&[
                (0.16, 0.84),
                (0.22, 0.62),
                (0.68, 0.16),
                (0.84, 0.32),
                (0.38, 0.78),
                (0.16, 0.84),
            ]);
        }
        Icon::Question => {
            pen.lines(&[
                (0.3, 0.34),
                (0.36, 0.2),
                (0.5, 0.14),
                (0.64, 0.2),
                (0.7, 0.34),
                (0.5, 0.52),
                (0.5, 0.64),
            ]);
            pen.dot((0.5, 0.84), 0.07);
        }
        Icon::Plus => {
            pen.lines(&[(0.5, 0.2), (0.5, 0.8)]);
            pen.lines(&[(0.2, 0.5), (0.8, 0.5)]);
        }
        Icon::Qr => {
            for corner in [(0.12, 0.12), (0.6, 0.12), (0.12, 0.6)] {
                pen.rounded(corner, (corner.0 + 0.28, corner.1 + 0.28));
            }
            for at in [(0.64, 0.64), (0.86, 0.64), (0.75, 0.75), (0.64, 0.86), (0.86, 0.86)] {
                pen.dot(at, 0.06);
            }
        }
        Icon::Reload => pen.arc_with_head(),
        Icon::Sliders => {
            for (y, knob) in [(0.22, 0.68), (0.5, 0.32), (0.78, 0.68)] {
                pen.lines(&[(0.1, y), (knob - 0.11, y)]);
                pen.lines(&[(knob + 0.11, y), (0.9, y)]);
                pen.oval((knob, y), (0.1, 0.1));
            }
        }
        Icon::Glass => {
            pen.oval((0.42, 0.42), (0.3, 0.3));
            pen.lines(&[(0.64, 0.64), (0.9, 0.9)]);
        }
        Icon::Ticket => {
            // With a bite out of both sides, and a line to tear it along.
            pen.lines(&[
                (0.08, 0.24),
                (0.92, 0.24),
                (0.92, 0.4),
                (0.84, 0.5),
                (0.92, 0.6),
                (0.92, 0.76),
                (0.08, 0.76),
                (0.08, 0.6),
                (0.16, 0.5),
                (0.08, 0.4),
                (0.08, 0.24),
            ]);
            for y in [0.38, 0.5, 0.62] {
                pen.dot((0.62, y), 0.05);
            }
        }
        Icon::Trash => {
            pen.lines(&[(0.12, 0.24), (0.88, 0.24)]);
            pen.lines(&[(0.38, 0.24), (0.4, 0.1), (0.6, 0.1), (0.62, 0.24)]);
            pen.lines(&[(0.22, 0.24), (0.28, 0.9), (0.72, 0.9), (0.78, 0.24)]);
        }
        Icon::Shield => {
            pen.lines(&[
                (0.5, 0.1),
                (0.85, 0.22),
                (0.8, 0.6),
                (0.5, 0.9),
                (0.2, 0.6),
                (0.15, 0.22),
                (0.5, 0.1),
            ]);
        }
    }
}

trait Angled {
    fn angled(self, angle: f32) -> Self;
}

impl Angled for eframe::egui::Vec2 {
    fn angled(self, angle: f32) -> Self {
        eframe::egui::emath::Rot2::from_angle(angle) * self
    }
}

/// Draws in a unit square.
pub(super) struct Pen<'a> {
    pub(super) painter: &'a Painter,
    pub(super) rect: Rect,
    pub(super) stroke: Stroke,
}

impl Pen<'_> {
    pub(super) fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        pos2(
            self.rect.left() + x * self.rect.width(),
            self.rect.top() + y * self.rect.height(),
        )
    }

    pub(super) fn lines(&self, points: &[(f32, f32)]) {
        let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
        for end in [points.first(), points.last()].into_iter().flatten() {
            self.painter
                .circle_filled(*end, self.stroke.width / 2.0, self.stroke.color);
        }
        self.painter.add(Shape::line(points, self.stroke));
    }

    pub(super) fn dot(&self, center: (f32, f32), radius: f32) {
        self.painter
            .circle_filled(self.at(center), radius * self.rect.width(), self.stroke.color);
    }

    pub(super) fn oval(&self, center: (f32, f32), radius: (f32, f32)) {
        let radius = vec2(radius.0 * self.rect.width(), radius.1 * self.rect.height());
        self.painter
            .add(Shape::ellipse_stroke(self.at(center), radius, self.stroke));
    }

    fn eye(&self) {
        let lid = |side: f32| {
            (0..=12_u8).map(move |step| {
                let x = f32::from(step) / 12.0;
                (0.06 + 0.88 * x, 0.5 + side * 0.3 * (x * TAU / 2.0).sin())
            })
        };
        for side in [-1.0, 1.0] {
            self.lines(&lid(side).collect::<Vec<_>>());
        }
        self.oval((0.5, 0.5), (0.13, 0.13));
    }

    pub(super) fn rounded(&self, from: (f32, f32), to: (f32, f32)) {
        let rect = Rect::from_min_max(self.at(from), self.at(to));
        self.painter.rect_stroke(
            rect,
            self.rect.width() * 0.1,
            self.stroke,
            eframe::egui::StrokeKind::Middle,
        );
    }

    fn arc_with_head(&self) {
        let radius = 0.36 * self.rect.width();
        let points: Vec<Pos2> = (0..=20_u8)
            .map(|step| self.rect.center() + vec2(radius, 0.0).angled(-0.6 + f32::from(step) / 20.0 * TAU * 0.8))
            .collect();
        if let Some(head) = points.first().copied() {
            let size = self.rect.width() * 0.24;
            self.painter.add(PathShape::line(
                vec![head + vec2(-size, -0.1), head, head + vec2(0.1, -size)],
                self.stroke,
            ));
        }
        self.painter.add(Shape::line(points, self.stroke));
    }
}
