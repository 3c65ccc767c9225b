package media

import (
	"fmt"

	"github.com/goccy/go-json"
)

// DecodeVariants reads the column uploads.variants, for rooms that join it: a page of results has hundreds of them.
func DecodeVariants(stored []byte) ([]Variant, error) {
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
