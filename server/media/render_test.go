package media

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"testing"

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
	for _, c := range []struct {
		name string
		data []byte
		conf image.Config
		want int64
	}{
		{"baseline JPEG", baseline.Bytes(), image.Config{Width: 1000, Height: 1000, ColorModel: color.YCbCrModel}, 4_000_000},
		{"progressive JPEG", progressive, image.Config{Width: 1000, Height: 1000, ColorModel: color.YCbCrModel}, 20_000_000},
		{"progressive JPEG with fill bytes", padded, image.Config{Width: 1000, Height: 1000, ColorModel: color.YCbCrModel}, 20_000_000},
		{"16 bits a channel", nil, image.Config{Width: 1000, Height: 1000, ColorModel: color.NRGBA64Model}, 8_000_000},
		{"PNG", nil, image.Config{Width: 1000, Height: 1000, ColorModel: color.NRGBAModel}, 4_000_000},
		{"more than there is", progressive, image.Config{Width: 6000, Height: 10000, ColorModel: color.YCbCrModel}, decodeBudget},
	} {
		if got := weight(c.data, c.conf); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
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
