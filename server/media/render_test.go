package media

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/color/palette"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/chai2010/webp"
	"github.com/google/uuid"
)

func TestAPanicOfADecoderIsADamagedImage(t *testing.T) {
	t.Parallel()
	_, err := render(t.Context(), uuid.New(), nil, "image/jpeg", codec{decode: func(io.Reader) (image.Image, error) { panic("index out of range") }})
	var failure *Failure
	if !errors.As(err, &failure) || failure.Code != Damaged {
		t.Errorf("got %v", err)
	}
}

func TestWeightKnowsWhatDecodingTakes(t *testing.T) {
	t.Parallel()
	progressive, err := os.ReadFile("../seed/data/photos/cabin-01-living.jpg")
	if err != nil {
		t.Fatal(err)
	}
	var baseline bytes.Buffer
	if err := jpeg.Encode(&baseline, image.NewRGBA(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	padded := append([]byte{0xff, 0xd8, 0xff}, progressive[2:]...) // a fill byte before the first marker
	png, webp := []byte("\x89PNG\r\n\x1a\n"), []byte("RIFF\x00\x00\x00\x00WEBPVP8L")
	megapixel := func(m color.Model) image.Config { return image.Config{Width: 1000, Height: 1000, ColorModel: m} }
	for _, c := range []struct {
		name     string
		data     []byte
		conf     image.Config
		perPixel int64 // the decoder's, and 8 of the picture
	}{
		{"baseline JPEG", baseline.Bytes(), megapixel(color.YCbCrModel), 4 + 8},
		{"JPEG of RGB", baseline.Bytes(), megapixel(color.RGBAModel), 8 + 8},
		{"JPEG of CMYK", baseline.Bytes(), megapixel(color.CMYKModel), 8 + 8},
		{"progressive JPEG", progressive, megapixel(color.YCbCrModel), 20 + 8},
		{"progressive JPEG with fill bytes", padded, megapixel(color.YCbCrModel), 20 + 8},
		{"progressive JPEG of CMYK", progressive, megapixel(color.CMYKModel), 24 + 8},
		{"PNG of 16 bits a channel", png, megapixel(color.NRGBA64Model), 16 + 8},
		{"PNG", png, megapixel(color.NRGBAModel), 10 + 8},
		{"WebP", webp, megapixel(color.NRGBAModel), 10 + 8},
	} {
		if got, want := weight(c.data, c.conf), int64(len(c.data))+1_000_000*c.perPixel; got != want {
			t.Errorf("%s: %d, want %d", c.name, got, want)
		}
	}
	large := image.Config{Width: 6000, Height: 10000, ColorModel: color.YCbCrModel}
	if got, want := weight(baseline.Bytes(), large), int64(baseline.Len())+60_000_000*4+3200*3200*8; got != want {
		t.Errorf("the picture is never more than 3200 square: %d, want %d", got, want)
	}
	if got := weight(progressive, large); got != decodeBudget {
		t.Errorf("more than there is: %d", got)
	}
}

func TestDecodingStaysWithinTheEstimate(t *testing.T) { // alone: it measures the whole process
	colours := image.NewPaletted(image.Rect(0, 0, 500, 500), palette.Plan9) // too many to be packed into one pixel
	for i := range colours.Pix {
		colours.Pix[i] = uint8(i * 7)
	}
	clear := image.NewNRGBA(colours.Rect)
	for i := range clear.Pix {
		clear.Pix[i] = uint8(i / 3)
	}
	deep := image.NewNRGBA64(colours.Rect)
	progressive, err := os.ReadFile("../seed/data/photos/cabin-01-living.jpg")
	if err != nil {
		t.Fatal(err)
	}
	var lossless, alpha, deepPNG bytes.Buffer
	for _, err := range []error{
		webp.Encode(&lossless, colours, &webp.Options{Lossless: true}), webp.Encode(&alpha, clear, &webp.Options{Quality: 80}), png.Encode(&deepPNG, deep),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range map[string][]byte{"lossless WebP": lossless.Bytes(), "WebP with alpha": alpha.Bytes(), "deep PNG": deepPNG.Bytes(), "progressive JPEG": progressive} {
		c, conf, err := inspect(data, sniff(data))
		if err != nil {
			t.Fatal(name, err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err = decodeUpright(t.Context(), data, sniff(data), c)
		runtime.ReadMemStats(&after)
		taken, most := int64(after.TotalAlloc-before.TotalAlloc), weight(data, conf)
		t.Logf("%s: %d of %d", name, taken, most)
		if err != nil || taken > most {
			t.Errorf("%s: %d bytes were allocated, %d estimated, %v", name, taken, most, err)
		}
	}
}

func TestReduceAveragesWhateverTheFactor(t *testing.T) {
	t.Parallel()
	board := image.NewGray(image.Rect(3, 5, 3+100, 5+60)) // black and white by turns, not at the origin
	for i := range board.Pix {
		board.Pix[i] = uint8(255 * ((i%100 + i/100) % 2))
	}
	for _, factor := range []int{2, 4, 10} {
		got := reduce(board, factor)
		if got.Rect != image.Rect(0, 0, 100/factor, 60/factor) {
			t.Fatalf("factor %d: %v", factor, got.Rect)
		}
		for i, v := range got.Pix {
			if want := uint8(128); i%4 < 3 && v != want || i%4 == 3 && v != 255 {
				t.Fatalf("factor %d: byte %d is %d", factor, i, v)
			}
		}
	}
}

func TestFitKeepsProportionsAndNeverEnlarges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, longest, wantW, wantH int }{
		{1536, 1024, 320, 320, 213}, {1024, 1536, 320, 213, 320}, {200, 100, 320, 200, 100}, {12000, 200, 320, 320, 5}, {5000, 1, 320, 320, 1},
	} {
		if w, h := fit(c.w, c.h, c.longest); w != c.wantW || h != c.wantH {
			t.Errorf("%d x %d in %d: %d x %d, want %d x %d", c.w, c.h, c.longest, w, h, c.wantW, c.wantH)
		}
	}
}

func TestDecodeVariants(t *testing.T) {
	t.Parallel()
	list, err := DecodeVariants([]byte(`[{"name":"thumb","format":"webp","width":320,"height":213,"bytes":9,"key":"k"}]`))
	if err != nil || len(list) != 1 || list[0] != (Variant{"thumb", "webp", 320, 213, 9, "k"}) {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := DecodeVariants([]byte(`{`)); err == nil {
		t.Error("broken JSON is taken")
	}
}
