//! `/site`.

use model::Site;

use super::{Client, ClientError};

impl Client {
    /// What the server offers.
    pub(crate) async fn site(&self) -> Result<Site, ClientError> {
        self.read_as_anybody("site").await
    }
}
