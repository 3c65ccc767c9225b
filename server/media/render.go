package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"

	"github.com/buckket/go-blurhash"
	"github.com/chai2010/webp"
	"github.com/google/uuid"
)

// sizes of the variants, the longest side in pixels, from the largest down: each is made from the one before.
var sizes = []struct {
	name    string
	longest int
}{{"large", 1600}, {"medium", 1024}, {"small", 640}, {"thumb", 320}}

const (
	webpQuality = 80
	jpegQuality = 82
)

// rendering is everything that becomes of one original. Nothing of the original's metadata is in it.
type rendering struct {
	width, height int // of the upright original
	blurhash      string
	files         []file // from the smallest up
}

type file struct {
	Variant
	data []byte
}

// decodeUpright reads an original and gives it upright, on white, with the longest side below twice the largest variant's.
func decodeUpright(ctx context.Context, data []byte, contentType string, c codec) (small *image.RGBA, full image.Rectangle, err error) {
	img, err := c.decode(bytes.NewReader(data))
	if err != nil {
		return nil, full, undecodable(err)
	}
	if err := ctx.Err(); err != nil {
		return nil, full, err
	}
	b := img.Bounds()
	turn := orientation(data, contentType)
	small = reduce(img, max(1, max(b.Dx(), b.Dy())/sizes[0].longest))
	return upright(small, turn), turned(b, turn), nil
}

// render decodes an inspected original and makes its variants. A panic of a decoder is a damaged image. When ctx ends, it
// stops before the next step and gives ctx's error.
func render(ctx context.Context, id uuid.UUID, data []byte, contentType string, c codec) (r rendering, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = undecodable(fmt.Errorf("panic: %v", p))
		}
	}()
	picture, full, err := decodeUpright(ctx, data, contentType, c)
	if err != nil {
		return r, err
	}
	r.width, r.height = full.Dx(), full.Dy()
	for i, size := range sizes {
		if i+1 < len(sizes) && sizes[i+1].longest >= max(r.width, r.height) {
			continue // the next smaller size already shows the original in full
		}
		if err := ctx.Err(); err != nil {
			return r, err
		}
		w, h := fit(r.width, r.height, size.longest)
		picture = scaleTo(picture, w, h)
		pair, err := encode(ctx, id, size.name, picture)
		if err != nil {
			return r, err
		}
		r.files = append(pair, r.files...)
	}
	r.blurhash, err = placeholder(picture)
	return r, err
}

func encode(ctx context.Context, id uuid.UUID, name string, picture *image.RGBA) ([]file, error) {
	var asWebP, asJPEG bytes.Buffer
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := webp.Encode(&asWebP, picture, &webp.Options{Quality: webpQuality}); err != nil {
		return nil, fmt.Errorf("media: encode WebP: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := jpeg.Encode(&asJPEG, picture, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, fmt.Errorf("media: encode JPEG: %w", err)
	}
	return []file{newFile(id, name, "webp", picture.Rect, asWebP.Bytes()), newFile(id, name, "jpeg", picture.Rect, asJPEG.Bytes())}, nil
}

func newFile(id uuid.UUID, name, format string, r image.Rectangle, data []byte) file {
	sum := sha256.Sum256(data)
	return file{data: data, Variant: Variant{Name: name, Format: format, Width: r.Dx(), Height: r.Dy(), Bytes: int64(len(data)),
		Key: fmt.Sprintf("photos/%s/%s-%s.%s", id, name, hex.EncodeToString(sum[:8]), format)}}
}

// placeholder is the blurhash, made from a tiny copy: it keeps twelve frequencies, more pixels tell it nothing.
func placeholder(picture *image.RGBA) (string, error) {
	w, h := fit(picture.Rect.Dx(), picture.Rect.Dy(), 32)
	hash, err := blurhash.Encode(4, 3, scaleTo(picture, w, h))
	if err != nil {
		return "", fmt.Errorf("media: blurhash: %w", err)
	}
	return hash, nil
}
