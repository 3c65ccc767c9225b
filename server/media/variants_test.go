package media

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rentora/rentora/server/testkit"
)

func TestVariantsAreReadAsPostgresWritesThem(t *testing.T) {
	t.Parallel()
	pool := testkit.DB(t)
	one := `{"name": "thumb", "format": "webp", "width": 320, "height": 213, "bytes": 11176, "key": "photos/a/thumb-b5.webp"}`
	for name, stored := range map[string]string{
		"none":          `[]`,
		"one":           `[` + one + `]`,
		"several":       `[` + one + `,` + one + `,` + one + `]`,
		"of any script": `[` + strings.ReplaceAll(one, "thumb", "größe 写真 }, {") + `]`,
		"an escape":     `[` + strings.ReplaceAll(one, "thumb", `a\"b\\c\n`) + `]`,
		"large":         `[` + strings.ReplaceAll(one, "11176", "5000000000") + `]`,
		"a key more":    `[` + strings.Replace(one, "{", `{"depth": 8, `, 1) + `]`,
		"a key less":    `[` + strings.Replace(one, `"width": 320, `, "", 1) + `]`,
		"many":          `[` + strings.Repeat(one+",", 64) + one + `]`,
		"nothing":       `null`,
	} {
		var written string
		if err := pool.QueryRow(t.Context(), "select $1::text::jsonb::text", stored).Scan(&written); err != nil {
			t.Fatal(err)
		}
		got, err := DecodeVariants([]byte(written))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var want []Variant
		if err := json.Unmarshal([]byte(written), &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func TestVariantsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, broken := range []string{"", "[", "]", "[{]", `[{"key": "`, `[{"key": 1}]`, `{}`, `[1]`, `[{"key": "a", "name": "b", "bytes": x, "width": 1, "format": "c", "height": 1}]`} {
		if got, err := DecodeVariants([]byte(broken)); err == nil {
			t.Errorf("%q: %v", broken, got)
		}
	}
}

func BenchmarkDecodeVariants(b *testing.B) {
	var all []string
	for i := range 8 {
		all = append(all, fmt.Sprintf(`{"key": "photos/01a206c4-2799-708d-838b-2586a1557d0c/thumb-%016x.webp", "name": "thumb", "bytes": 11176, "width": 320, "format": "webp", "height": 213}`, i))
	}
	stored := []byte("[" + strings.Join(all, ", ") + "]")
	b.SetBytes(int64(len(stored)))
	for b.Loop() {
		if _, err := DecodeVariants(stored); err != nil {
			b.Fatal(err)
		}
	}
}

func TestCardsHaveSmallWebP(t *testing.T) {
	t.Parallel()
	of := func(name, format string) Variant { return Variant{Name: name, Format: format} }
	all := []Variant{of("large", "jpeg"), of("large", "webp"), of("medium", "jpeg"), of("medium", "webp"), of("thumb", "webp")}
	if diff := cmp.Diff([]Variant{of("medium", "webp"), of("thumb", "webp")}, ForCards(all)); diff != "" {
		t.Error(diff)
	}
	jpeg := []Variant{of("small", "jpeg")}
	if diff := cmp.Diff(jpeg, ForCards(jpeg)); diff != "" {
		t.Errorf("a photo without WebP: %s", diff)
	}
}
