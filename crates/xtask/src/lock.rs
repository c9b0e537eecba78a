//! One at a time: two xtasks must not build the same bundle or install the same tool together.

use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::stop::Stop;

/// Held until dropped; the kernel lets go of it when the process dies, however it dies.
pub(crate) struct Lock {
    _file: File,
}

/// Waits for the lock `path`, created with its folder where missing; calls `tell` when it has to wait.
pub(crate) fn acquire(path: &Path, stop: &Stop, tell: impl FnOnce()) -> Result<Lock> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut tell = Some(tell);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
            Err(TryLockError::WouldBlock) => {
                if let Some(tell) = tell.take() {
                    tell();
                }
                stop.check()?;
                std::thread::sleep(Duration::from_millis(200));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::tests::Scratch;
    use std::sync::mpsc;

    #[test]
    fn the_second_waits_for_the_first() {
        let scratch = Scratch::new("lock");
        let path = scratch.path().join("deep/lock");
        let stop = Stop::listen().expect("signals");
        let first = acquire(&path, &stop, || panic!("nobody holds it")).expect("free");
        let (told, waits) = mpsc::channel();
        std::thread::scope(|scope| {
            let second =
                scope.spawn(|| acquire(&path, &stop, || told.send(()).expect("a listener")).map(drop));
            waits.recv().expect("told to wait");
            assert!(!second.is_finished());
            drop(first);
            second.join().expect("no panic").expect("free again");
        });
    }
}
