//! The blocks the trail is sealed in, against the test vectors of certificate transparency (RFC 6962).
#![cfg(test)]

use chrono::DateTime;
use salus_store::audit::seal::{Hash, Header, root};
use sha2::{Digest, Sha256};
use uuid::Uuid;

fn hex(hash: Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The leaf of some data, as the test vectors of certificate transparency have it.
fn leaf(data: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(data);
    hash.finalize().into()
}

#[test]
fn the_tree_is_that_of_certificate_transparency() {
    let data: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let leaves: Vec<Hash> = data.into_iter().map(leaf).collect();
    for (count, known) in [
        (
            0,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            1,
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        ),
        (
            2,
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        ),
        (
            3,
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        ),
        (
            5,
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        ),
        (
            8,
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ),
    ] {
        assert_eq!(
            hex(root(leaves.get(..count).unwrap())),
            known,
            "{count} leaves"
        );
    }
}

#[test]
fn a_block_hashes_each_of_its_parts() {
    let header = Header {
        number: 2,
        sealed_at: DateTime::UNIX_EPOCH,
        last: (7, Uuid::nil()),
        events: 3,
        root: [1; 32],
        previous: [2; 32],
    };
    let others = [
        Header {
            number: 3,
            ..header
        },
        Header {
            sealed_at: DateTime::UNIX_EPOCH + chrono::Duration::microseconds(1),
            ..header
        },
        Header {
            last: (8, Uuid::nil()),
            ..header
        },
        Header {
            last: (7, Uuid::max()),
            ..header
        },
        Header {
            events: 4,
            ..header
        },
        Header {
            root: [3; 32],
            ..header
        },
        Header {
            previous: [3; 32],
            ..header
        },
    ];
    for other in others {
        assert_ne!(header.hash(), other.hash());
    }
    assert_eq!(header.hash(), header.hash());
}
