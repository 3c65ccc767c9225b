package media

import (
	"bytes"
	"image"
	"time"

	"github.com/bep/imagemeta"
)

var metadataFormats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/webp": imagemeta.WebP,
}

// orientation reads the EXIF orientation, 1 to 8. Metadata that is broken or absent means 1: it never spoils a photo.
func orientation(data []byte, contentType string) (value int) {
	value = 1
	defer func() {
		if recover() != nil { // a parser of strangers' bytes; the picture itself may be fine
			value = 1
		}
	}()
	_, _ = imagemeta.Decode(imagemeta.Options{ // what was read before an error counts
		R: bytes.NewReader(data), ImageFormat: metadataFormats[contentType], Sources: imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" && tag.Namespace == "IFD0" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if v, ok := tag.Value.(uint16); ok && v >= 1 && v <= 8 {
				value = int(v)
			}
			return nil
		},
		Warnf: func(string, ...any) {}, LimitNumTags: 1000, Timeout: 2 * time.Second,
	})
	return value
}

// upright turns a picture as its EXIF orientation says. 1 gives the picture itself.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	// Where the pixel of the upright picture at (x, y) comes from.
	from := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}[orientation]
	if from == nil {
		return src
	}
	dst := image.NewRGBA(turned(image.Rect(0, 0, w, h), orientation))
	for y := range dst.Rect.Dy() {
		for x := range dst.Rect.Dx() {
			sx, sy := from(x, y)
			copy(dst.Pix[y*dst.Stride+4*x:][:4], src.Pix[sy*src.Stride+4*sx:][:4])
		}
	}
	return dst
}

// turned gives the bounds of the upright picture.
func turned(r image.Rectangle, orientation int) image.Rectangle {
	if orientation >= 5 {
		return image.Rect(0, 0, r.Dy(), r.Dx())
	}
	return image.Rect(0, 0, r.Dx(), r.Dy())
}
