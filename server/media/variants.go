package media

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// DecodeVariants reads the column uploads.variants, for rooms that join it. A page of results has hundreds of variants,
// so what Postgres writes of them is read as it stands; anything else goes the usual way.
func DecodeVariants(stored []byte) ([]Variant, error) {
	if list, ok := readStored(string(stored)); ok {
		return list, nil
	}
	var list []Variant
	if err := json.Unmarshal(stored, &list); err != nil {
		return nil, fmt.Errorf("media: stored variants: %w", err)
	}
	return list, nil
}

// ForCards gives the variants that a card in a list can use: WebP, which every browser in use reads, and none that is
// larger than a card. A page of results is a third of its size without the others. A photo without any such variant keeps
// all that it has. The list given is not changed.
func ForCards(all []Variant) []Variant {
	fitting := make([]Variant, 0, len(all))
	for _, v := range all {
		if v.Format == "webp" && v.Name != sizes[0].name {
			fitting = append(fitting, v)
		}
	}
	if len(fitting) == 0 {
		return all
	}
	return fitting
}

// mostVariants is far beyond what any photo has.
const mostVariants = 64

// readStored reads the text of a jsonb value: Postgres orders keys by length and then by bytes, and puts one space after
// each colon and comma. It gives up at anything that is not a list of whole variants in that form.
func readStored(stored string) ([]Variant, bool) {
	if stored == "[]" {
		return []Variant{}, true
	}
	list := make([]Variant, 0, 8)
	t := &text{rest: stored}
	t.skip("[")
	for len(list) < mostVariants {
		var v Variant
		t.skip(`{"key": "`)
		v.Key = t.until('"')
		t.skip(`, "name": "`)
		v.Name = t.until('"')
		t.skip(`, "bytes": `)
		v.Bytes = t.number(',')
		t.skip(` "width": `)
		v.Width = int(t.number(','))
		t.skip(` "format": "`)
		v.Format = t.until('"')
		t.skip(`, "height": `)
		v.Height = int(t.number('}'))
		if list = append(list, v); t.bad || t.rest == "]" {
			break
		}
		t.skip(", ")
	}
	return list, !t.bad && t.rest == "]"
}

// text is what is left to read; once something else stood there than was expected, it is bad for ever.
type text struct {
	rest string
	bad  bool
}

func (t *text) skip(expected string) {
	rest, there := strings.CutPrefix(t.rest, expected)
	t.rest, t.bad = rest, t.bad || !there
}

// until gives what stands before the next end, and leaves out both. An escape is not for us.
func (t *text) until(end byte) string {
	word, rest, there := strings.Cut(t.rest, string(end))
	t.rest, t.bad = rest, t.bad || !there || strings.IndexByte(word, '\\') >= 0
	return word
}

// number reads a whole number of 32 bits, which is as large as a picture's measures get.
func (t *text) number(end byte) int64 {
	n, err := strconv.ParseInt(t.until(end), 10, 32)
	t.bad = t.bad || err != nil
	return n
}
