//! The photos' bytes: in a folder, or in a bucket that speaks S3.

use std::{
    collections::HashSet,
    fs, io,
    path::Path as FilePath,
    time::{Duration, SystemTime},
};

use futures_util::TryStreamExt as _;
use object_store::{
    ClientConfigKey, Error, GetResult, ObjectStore, ObjectStoreExt as _, ObjectStoreScheme, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    local::LocalFileSystem,
    path::Path,
    prefix::PrefixStore,
};

use super::{Rendered, Size};
use crate::store::ObjectName;

impl ObjectName {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The name that an object's path begins with; `None` for what is none of ours.
    fn of(path: &Path) -> Option<Self> {
        let (name, rest) = path.filename()?.split_once('-')?;
        let ours = Size::ALL.iter().any(|size| rest == format!("{}.jpg", size.as_str()));
        let plain = name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let name = u128::from_str_radix(name, 16).ok().filter(|_| ours && plain)?;
        Some(Self(name.to_be_bytes()))
    }

    fn path(self, size: Size) -> Path {
        Path::from(format!("{self}-{}.jpg", size.as_str()))
    }
}

/// Why the objects could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder could not be made.
    #[error("folder: {0}")]
    Folder(#[from] io::Error),
    /// The address does not name a bucket, or what it takes to open one is missing.
    #[error("{0}")]
    Store(#[from] Error),
    /// Neither a folder nor a bucket.
    #[error("photos are kept in a folder or under s3://BUCKET/PREFIX")]
    Scheme,
}

/// Where the photos' bytes are kept.
pub(crate) struct PhotoObjects(Box<dyn ObjectStore>);

impl PhotoObjects {
    /// A folder, made when it is not there. Every write is on the disk before it is answered.
    pub(crate) fn folder(folder: &FilePath) -> Result<Self, OpenError> {
        use std::os::unix::fs::DirBuilderExt as _;
        // Photos of private reports lie in it: it is nobody else's to read.
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        // The name of a folder is durable once the folder around it is.
        if let Some(parent) = folder.parent() {
            fs::File::open(parent)?.sync_all()?;
        }
        Ok(Self(Box::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// A bucket, `s3://BUCKET/PREFIX`; keys, region and endpoint come from the `AWS_…` variables.
    pub(crate) fn bucket(url: &url::Url) -> Result<Self, OpenError> {
        let (ObjectStoreScheme::AmazonS3, prefix) =
            ObjectStoreScheme::parse(url).map_err(|_| OpenError::Scheme)?
        else {
            return Err(OpenError::Scheme);
        };
        // A phone is told within half a minute, whatever the bucket does; what it was told, it tries again.
        let retries =
            RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(20), ..RetryConfig::default() };
        let bucket = AmazonS3Builder::from_env()
            .with_config(AmazonS3ConfigKey::Client(ClientConfigKey::Timeout), "10 seconds")
            .with_retry(retries)
            .with_url(url.as_str())
            .build()?;
        Ok(Self(Box::new(PrefixStore::new(bucket, prefix))))
    }

    /// Keeps both sizes of a photo.
    pub(crate) async fn put(&self, name: ObjectName, photo: &Rendered) -> Result<(), Error> {
        for size in Size::ALL {
            self.0.put(&name.path(size), photo.jpeg(size).into()).await?;
        }
        Ok(())
    }

    /// The JPEG of one size, to be read piece by piece; `None` when it is not there.
    pub(crate) async fn get(&self, name: ObjectName, size: Size) -> Result<Option<GetResult>, Error> {
        match self.0.get(&name.path(size)).await {
            Ok(found) => Ok(Some(found)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether both sizes of a photo are there.
    pub(crate) async fn has(&self, name: ObjectName) -> Result<bool, Error> {
        for size in Size::ALL {
            match self.0.head(&name.path(size)).await {
                Ok(_) => {}
                Err(Error::NotFound { .. }) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// The names of everything that has been there for at least so long.
    pub(crate) async fn older_than(&self, age: Duration) -> Result<HashSet<ObjectName>, Error> {
        let now = SystemTime::now();
        let mut names = HashSet::new();
        let mut all = self.0.list(None);
        while let Some(object) = all.try_next().await? {
            let there_for = now.duration_since(object.last_modified.into()).unwrap_or_default();
            if there_for >= age {
                names.extend(ObjectName::of(&object.location));
            }
        }
        Ok(names)
    }

    /// Removes both sizes of what no row names any more. What cannot be removed now stays where nobody can reach it.
    pub(crate) async fn discard(&self, name: ObjectName) {
        for size in Size::ALL {
            match self.0.delete(&name.path(size)).await {
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => tracing::warn!(%error, %name, "a photo's bytes are left behind"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_leads_back_to_its_name_and_nothing_else_does() {
        let name = ObjectName([0xA7; 16]);
        for size in Size::ALL {
            assert_eq!(ObjectName::of(&name.path(size)), Some(name));
        }
        for other in [
            "README",
            "a7-full.jpg",
            &format!("{name}-full.jpg#1"),
            &format!("{name}-large.jpg"),
            &format!("+{}-full.jpg", &name.to_string()[1..]),
        ] {
            assert_eq!(ObjectName::of(&Path::from(other)), None, "{other}");
        }
    }
}
