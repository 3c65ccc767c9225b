package media_test

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"github.com/bep/imagemeta"
)

func TestEveryOrientationEndsUpright(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	for orientation := uint16(1); orientation <= 8; orientation++ {
		data := withOrientation(asJPEG(t, stored(marked(480, 320), orientation)), orientation)
		u := s.processed(t, "image/jpeg", data)
		if u.Width != 480 || u.Height != 320 {
			t.Errorf("orientation %d: %d x %d, %+v", orientation, u.Width, u.Height, u.Failure)
		}
		for _, v := range u.Variants {
			_, body := fetch(t, s.URL(v.Key))
			m := decode(t, v.Format, body)
			left, right, below := at(m, 0.1, 0.1), at(m, 0.9, 0.1), at(m, 0.1, 0.9)
			if !near(left, color.RGBA{255, 0, 0, 255}) || !near(right, color.RGBA{0, 0, 255, 255}) || !near(below, color.RGBA{128, 128, 128, 255}) {
				t.Errorf("orientation %d, %s %s: corners %v %v %v", orientation, v.Name, v.Format, left, right, below)
			}
		}
	}
}

// stored turns an upright picture into the way a camera stores it under an orientation (EXIF 2.3, tag 0x0112: which side
// of the scene the first row and the first column show).
func stored(m *image.RGBA, orientation uint16) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	firstRowIsSide := orientation >= 5
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if firstRowIsSide {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	rowReversed := map[uint16]bool{3: true, 4: true, 7: true, 6: true}[orientation]    // first row: bottom, or right
	columnReversed := map[uint16]bool{2: true, 3: true, 7: true, 8: true}[orientation] // first column: right, or bottom
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			row, column := y, x
			if rowReversed {
				row = out.Rect.Dy() - 1 - y
			}
			if columnReversed {
				column = out.Rect.Dx() - 1 - x
			}
			if firstRowIsSide {
				row, column = column, row
			}
			out.SetRGBA(x, y, m.RGBAAt(column, row))
		}
	}
	return out
}

func at(m image.Image, fx, fy float64) color.RGBA {
	b := m.Bounds()
	return color.RGBAModel.Convert(m.At(int(fx*float64(b.Dx())), int(fy*float64(b.Dy())))).(color.RGBA)
}

func near(a, b color.RGBA) bool {
	off := func(x, y uint8) bool { return max(x, y)-min(x, y) > 24 }
	return !off(a.R, b.R) && !off(a.G, b.G) && !off(a.B, b.B)
}

func TestNoVariantKeepsMetadata(t *testing.T) {
	t.Parallel()
	s := newStudio(t)
	data := withOrientation(asJPEG(t, marked(700, 500)), 6)
	if tags := metadata(t, imagemeta.JPEG, data); len(tags) == 0 {
		t.Fatal("the original has no metadata to lose")
	}
	u := s.processed(t, "image/jpeg", data)
	if len(u.Variants) != 6 {
		t.Fatalf("%d variants", len(u.Variants))
	}
	for _, v := range u.Variants {
		_, body := fetch(t, s.URL(v.Key))
		for _, trace := range []string{"Exif", "EXIF", "GPS", "http://ns.adobe.com", "XMP ", "ICCP"} {
			if bytes.Contains(body, []byte(trace)) {
				t.Errorf("%s %s contains %q", v.Name, v.Format, trace)
			}
		}
		format := imagemeta.JPEG
		if v.Format == "webp" {
			format = imagemeta.WebP
		}
		if tags := metadata(t, format, body); len(tags) != 0 {
			t.Errorf("%s %s carries %v", v.Name, v.Format, tags)
		}
	}
}

func metadata(t *testing.T, format imagemeta.ImageFormat, data []byte) (tags []string) {
	t.Helper()
	_, err := imagemeta.Decode(imagemeta.Options{R: bytes.NewReader(data), ImageFormat: format,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true }, Warnf: t.Logf,
		HandleTag: func(tag imagemeta.TagInfo) error { tags = append(tags, tag.Namespace+" "+tag.Tag); return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return tags
}
