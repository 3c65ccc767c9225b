package media_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"testing"

	"github.com/chai2010/webp"
)

// marked is a picture w × h: gray, with a red top left corner and a blue top right one.
func marked(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{128, 128, 128, 255}
			switch {
			case x < w/4 && y < h/4:
				c = color.RGBA{255, 0, 0, 255}
			case x >= w-w/4 && y < h/4:
				c = color.RGBA{0, 0, 255, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asWebP(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := webp.Encode(&b, m, &webp.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withOrientation adds an EXIF block with an orientation and a GPS position to a JPEG.
func withOrientation(data []byte, orientation uint16) []byte {
	return withEXIF(data, exif(orientation))
}

func withEXIF(data, block []byte) []byte {
	segment := append([]byte("Exif\x00\x00"), block...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	return append(append(head, segment...), data[2:]...)
}

// exif is a TIFF block: IFD0 with Orientation and the pointer to a GPS directory, which holds a latitude reference.
func exif(orientation uint16) []byte {
	b := []byte("MM\x00\x2a\x00\x00\x00\x08")
	entry := func(tag, kind uint16, count uint32, value ...byte) {
		b = binary.BigEndian.AppendUint16(b, tag)
		b = binary.BigEndian.AppendUint16(b, kind)
		b = binary.BigEndian.AppendUint32(b, count)
		b = append(b, value...)
	}
	b = append(b, 0, 2)
	entry(0x0112, 3, 1, byte(orientation>>8), byte(orientation), 0, 0)
	entry(0x8825, 4, 1, 0, 0, 0, 38) // 8 + 2 + 2*12 + 4
	b = append(b, 0, 0, 0, 0)
	b = append(b, 0, 1)
	entry(0x0001, 2, 2, 'N', 0, 0, 0)
	return append(b, 0, 0, 0, 0)
}

// bomb is a PNG whose header announces w × h pixels, and almost nothing behind it.
func bomb(w, h uint32) []byte {
	header := []byte("IHDR")
	header = binary.BigEndian.AppendUint32(header, w)
	header = binary.BigEndian.AppendUint32(header, h)
	header = append(header, 8, 6, 0, 0, 0)
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d")
	b = append(b, header...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(header))
	return append(b, "\x00\x00\x00\x00IDAT"...)
}

// photo is one of the demo photographs, 1536 × 1024.
func photo(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../seed/data/photos/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
