//! A view whose type is forgotten.
//!
//! Leptos' own `AnyView` also carries, for every view in it, the code that compares it with its next state, that
//! finds it in a server's HTML, and that writes it as such. Ours is only ever built, shown and taken away.

use leptos::{
    attr::{Attribute, any_attribute::AnyAttribute},
    prelude::*,
    tachys::{
        hydration::Cursor,
        renderer::types::{Element, Node},
        view::{Mountable, Position, PositionState},
    },
};

/// A view whose type is forgotten.
pub(crate) struct Part(Box<dyn FnOnce() -> Shown + Send>);

/// Forgetting the type of a view.
pub(crate) trait IntoPart {
    /// Forgets the type of a view.
    fn into_part(self) -> Part;
}

impl<T: IntoView + 'static> IntoPart for T {
    fn into_part(self) -> Part {
        Part(Box::new(move || Shown(Box::new(self.into_view().build()))))
    }
}

/// A part that stands on the page.
pub(crate) struct Shown(Box<dyn Mountable>);

impl Render for Part {
    type State = Shown;

    fn build(self) -> Shown {
        (self.0)()
    }

    fn rebuild(self, state: &mut Shown) {
        let mut next = self.build();
        state.0.insert_before_this(&mut next);
        state.0.unmount();
        *state = next;
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl AddAnyAttr for Part {
    type Output<SomeNewAttr: Attribute> = Self;

    /// Attributes are given to elements, never to parts.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// The portal is rendered in the browser alone: there is no HTML to write, and none to take over.
impl RenderHtml for Part {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Shown {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
