//! Made-up but valid media bytes: a mosaic as JPEG, silence as Ogg Opus, a blank WebP.

use bytes::Bytes;
use stand_in_kit::Generator;

use crate::world::files::Media;

/// Bytes that a real decoder accepts where that is cheap (photo, voice, sticker), and plain text elsewhere.
pub(crate) fn bytes(media: Media, rng: &mut Generator) -> Bytes {
    match media {
        Media::Photo => Bytes::from(jpeg(rng)),
        Media::Voice => Bytes::from(silence(2, rng)),
        Media::Sticker => Bytes::from_static(&BLANK_WEBP),
        Media::Video | Media::Animation | Media::VideoNote => {
            let mut out = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2".to_vec();
            out.extend(rng.draw().to_be_bytes());
            Bytes::from(out)
        }
        Media::Audio => Bytes::from(format!("ID3 made-up audio {:x}", rng.draw())),
        Media::Document => Bytes::from(format!("A made-up document, number {:x}.\n", rng.draw())),
    }
}

/// A lossless WebP of one transparent pixel.
const BLANK_WEBP: [u8; 34] = [
    0x52, 0x49, 0x46, 0x46, 0x1a, 0, 0, 0, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x4c, 0x0d, 0,
    0, 0, 0x2f, 0, 0, 0, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07, 0,
];

/// Blocks per side of the mosaic; each is 8 pixels.
const BLOCKS: u16 = 20;

/// A baseline JPEG in which every block has one brightness: only DC values are coded, so the encoder stays small.
fn jpeg(rng: &mut Generator) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    let mut segment = |marker: u8, body: &[u8]| {
        out.extend([0xff, marker]);
        out.extend(
            u16::try_from(body.len() + 2)
                .expect("segments here are under 100 bytes")
                .to_be_bytes(),
        );
        out.extend(body);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    // One quantisation table of eights: a DC step of one is then a brightness step of one.
    let mut quantisation = vec![0];
    quantisation.extend([8; 64]);
    segment(0xdb, &quantisation);
    let [high, low] = (BLOCKS * 8).to_be_bytes();
    segment(
        0xc0,
        &[
            8, high, low, high, low, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
        ],
    );
    // DC: twelve categories, all of four bits. AC: only "end of block", one bit.
    let mut dc = vec![0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    dc.extend(0..12);
    segment(0xc4, &dc);
    segment(
        0xc4,
        &[0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    );
    segment(0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);

    let mut bits = Bits::default();
    let mut previous = [0_i32; 3];
    let corners: Vec<[i32; 3]> = (0..4)
        .map(|_| [0; 3].map(|_: i32| i32::try_from(rng.below(200)).unwrap_or(0) - 100))
        .collect();
    let side = i32::from(BLOCKS) - 1;
    for row in 0..=side {
        for column in 0..=side {
            for channel in 0..3 {
                let top = corners[0][channel] * (side - column) + corners[1][channel] * column;
                let bottom = corners[2][channel] * (side - column) + corners[3][channel] * column;
                let value = (top * (side - row) + bottom * row) / (side * side);
                bits.dc(value - previous[channel]);
                previous[channel] = value;
            }
        }
    }
    out.extend(bits.finish());
    out.extend([0xff, 0xd9]);
    out
}

/// The entropy-coded part of a JPEG.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    buffer: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, length: u32) {
        for shift in (0..length).rev() {
            self.buffer = (self.buffer << 1) | ((value >> shift) & 1);
            self.count += 1;
            if self.count == 8 {
                let byte = u8::try_from(self.buffer & 0xff).unwrap_or(0);
                self.out.push(byte);
                if byte == 0xff {
                    self.out.push(0);
                }
                (self.buffer, self.count) = (0, 0);
            }
        }
    }

    /// One block: its DC difference and the end-of-block mark.
    fn dc(&mut self, difference: i32) {
        let category = 32 - difference.unsigned_abs().leading_zeros();
        self.push(category, 4);
        let bits = if difference < 0 {
            difference - 1
        } else {
            difference
        };
        self.push(u32::from_ne_bytes(bits.to_ne_bytes()), category);
        self.push(0, 1);
    }

    fn finish(mut self) -> Vec<u8> {
        while self.count != 0 {
            self.push(1, 1);
        }
        self.out
    }
}

/// Opus silence of this many seconds in an Ogg stream.
fn silence(seconds: usize, rng: &mut Generator) -> Vec<u8> {
    let serial = u32::try_from(rng.draw() >> 32).unwrap_or(1);
    let mut out = page(
        serial,
        0,
        2,
        0,
        &[b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0"],
    );
    out.extend(page(
        serial,
        1,
        0,
        0,
        &[b"OpusTags\x08\0\0\0stand-in\0\0\0\0"],
    ));
    // A packet of three bytes is 20 ms of silence at 48 kHz.
    let packets = vec![&[0xf8_u8, 0xff, 0xfe][..]; seconds * 50];
    out.extend(page(serial, 2, 4, 48_000 * seconds as u64, &packets));
    out
}

fn page(serial: u32, number: u32, flags: u8, granule: u64, packets: &[&[u8]]) -> Vec<u8> {
    let mut out = b"OggS\0".to_vec();
    out.push(flags);
    out.extend(granule.to_le_bytes());
    out.extend(serial.to_le_bytes());
    out.extend(number.to_le_bytes());
    out.extend([0; 4]);
    out.push(u8::try_from(packets.len()).expect("a page here has at most 255 packets"));
    // Packets here are shorter than 255 bytes, so each is one segment.
    out.extend(
        packets
            .iter()
            .map(|packet| u8::try_from(packet.len()).unwrap_or(254)),
    );
    out.extend(packets.iter().flat_map(|packet| packet.iter()));
    let sum = ogg_checksum(&out);
    out[22..26].copy_from_slice(&sum.to_le_bytes());
    out
}

fn ogg_checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum: u32, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 24), |sum, _| {
            if sum & 0x8000_0000 == 0 {
                sum << 1
            } else {
                (sum << 1) ^ 0x04c1_1db7
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_framed_as_jpeg_and_two_photos_differ() {
        let mut rng = Generator::new(1);
        let first = bytes(Media::Photo, &mut rng);
        let second = bytes(Media::Photo, &mut rng);
        assert!(first.starts_with(&[0xff, 0xd8]) && first.ends_with(&[0xff, 0xd9]));
        assert_ne!(first, second);
    }

    #[test]
    fn a_voice_note_is_an_ogg_stream() {
        assert!(bytes(Media::Voice, &mut Generator::new(1)).starts_with(b"OggS\0\x02"));
    }
}
