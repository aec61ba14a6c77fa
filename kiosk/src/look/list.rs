//! Long lists as pages with large previous and next: nothing on this screen scrolls.

use iced::widget::{column, container, responsive, row, space};
use iced::{Length, alignment::Vertical};

use super::button::{self, Button};
use super::icon::Icon;
use super::millimetre::{LEAST_GAP_MM, PRIMARY_HEIGHT_MM};
use super::text::{Role, text};
use super::{Element, Look, Space};

/// Words and messages of a list's page buttons.
#[derive(Debug, Clone)]
pub struct Pager<Message> {
    /// The page shown, from 0; one past the end shows the last.
    pub page: usize,
    /// "上一頁"
    pub previous: String,
    /// "下一頁"
    pub next: String,
    /// Sent with the page to go to.
    pub go: fn(usize) -> Message,
}

/// A list that fills the room it is given: as many rows as fit, all of one height, and the page
/// buttons if there is more.
#[must_use]
pub fn pages<'a, Message: Clone + 'a>(
    look: Look,
    columns: usize,
    buttons: Vec<Button<Message>>,
    pager: Pager<Message>,
) -> Element<'a, Message> {
    responsive(move |room| {
        let columns = columns.max(1);
        let width_mm = look.as_mm(room.width);
        let height_mm = look.as_mm(room.height).min(look.reach_mm());
        #[allow(clippy::cast_precision_loss)] // a handful of columns
        let column_mm = width_mm / columns as f32 - LEAST_GAP_MM;
        let row_mm = buttons
            .iter()
            .map(|button| button.height_in(look, column_mm))
            .fold(0.0, f32::max);
        let mut per_page = rows_that_fit(height_mm, row_mm) * columns;
        if per_page < buttons.len() {
            per_page = rows_that_fit(height_mm - pager_mm(look), row_mm) * columns;
        }
        let pages = page_count(buttons.len(), per_page);
        let page = pager.page.min(pages - 1);
        let shown = buttons.iter().skip(page * per_page).take(per_page);
        let shown = shown
            .map(|button| button.clone().height_mm(row_mm))
            .collect();
        let list = container(grid(look, columns, shown)).height(Length::Fill);
        column![
            if look.preferences.lowered {
                list.align_y(Vertical::Bottom)
            } else {
                list
            },
            page_buttons(look, page, pages, &pager),
        ]
        .spacing(look.space(Space::Small))
        .into()
    })
    .into()
}

/// How many rows of a height fit into a space, at least one.
#[must_use]
pub fn rows_that_fit(space_mm: f32, row_mm: f32) -> usize {
    let rows = ((space_mm + LEAST_GAP_MM) / (row_mm + LEAST_GAP_MM)).floor();
    // The cast is of a small positive whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let rows = rows.max(1.0) as usize;
    rows
}

/// How many pages so many things need, at least one.
#[must_use]
pub fn page_count(things: usize, per_page: usize) -> usize {
    things.div_ceil(per_page.max(1)).max(1)
}

/// Buttons in columns. Empty places keep their size, so that nothing changes its width.
#[must_use]
pub fn grid<'a, Message: Clone + 'a>(
    look: Look,
    columns: usize,
    buttons: Vec<Button<Message>>,
) -> Element<'a, Message> {
    let columns = columns.max(1);
    let gap = look.space(Space::Small);
    let mut rows = column![].spacing(gap);
    let mut buttons = buttons.into_iter().peekable();
    while buttons.peek().is_some() {
        let mut line = row![].spacing(gap);
        for _ in 0..columns {
            line = match buttons.next() {
                Some(button) => line.push(button.view(look)),
                None => line.push(space::horizontal()),
            };
        }
        rows = rows.push(line);
    }
    rows.into()
}

/// Nothing where there is one page only.
fn page_buttons<'a, Message: Clone + 'a>(
    look: Look,
    page: usize,
    pages: usize,
    pager: &Pager<Message>,
) -> Element<'a, Message> {
    if pages <= 1 {
        return space::vertical().height(Length::Shrink).into();
    }
    let previous = page.checked_sub(1).map(pager.go);
    let next = (page + 1 < pages).then(|| (pager.go)(page + 1));
    row![
        button::secondary("list.previous", pager.previous.clone())
            .icon(Icon::Previous)
            .on_press_maybe(previous)
            .view(look),
        container(text(look, Role::Label, format!("{} / {pages}", page + 1)))
            .center_x(Length::Fill),
        button::secondary("list.next", pager.next.clone())
            .trailing(Icon::Next)
            .on_press_maybe(next)
            .view(look),
    ]
    .spacing(look.space(Space::Small))
    .align_y(Vertical::Center)
    .into()
}

/// The height the page buttons take with the gap above them, in millimetres.
fn pager_mm(look: Look) -> f32 {
    PRIMARY_HEIGHT_MM * if look.is_large() { 1.25 } else { 1.0 } + LEAST_GAP_MM
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects lists from losing their last things: every thing stands on some page.
    #[test]
    fn every_thing_has_a_page() {
        assert_eq!(page_count(0, 5), 1);
        assert_eq!(page_count(5, 5), 1);
        assert_eq!(page_count(6, 5), 2);
        assert_eq!(page_count(6, 0), 6);
        assert_eq!(rows_that_fit(100.0, 22.0), 4);
        assert_eq!(rows_that_fit(97.0, 22.0), 4);
        assert_eq!(rows_that_fit(96.0, 22.0), 3);
        assert_eq!(rows_that_fit(3.0, 22.0), 1);
    }
}
