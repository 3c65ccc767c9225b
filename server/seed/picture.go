package seed

import (
	"fmt"
	"io/fs"
	"strings"
)

var styleWords = map[string]string{
	"scandi": "Scandinavian, light oak and white", "mediterranean": "Mediterranean, terracotta and beams",
	"loft": "industrial, brick and concrete", "japanese": "Japanese, pale wood and paper",
	"cottage": "country, green accents and beams", "city": "modern, grey and navy",
	"coastal": "coastal, white and blue", "cabin": "mountain, timber",
}

var roomWords = map[string]string{
	"living": "Living room", "living2": "Living room, other side", "bedroom": "Bedroom", "kitchen": "Kitchen",
	"bathroom": "Bathroom", "terrace": "Terrace", "study": "Study",
}

// companion is the style whose rooms go best with another's, for homes that are larger than one set of pictures.
var companion = map[string]string{
	"scandi": "city", "city": "scandi", "mediterranean": "coastal", "coastal": "mediterranean",
	"loft": "city", "japanese": "scandi", "cottage": "cabin", "cabin": "cottage",
}

// readPictures lists the embedded files, which are named <style>-<order>-<room>.jpg.
func readPictures(d *data) error {
	d.pictures = map[string][]Photo{}
	names, err := fs.Glob(Photos(), "*.jpg")
	if err != nil {
		return err
	}
	for _, name := range names { // sorted, so each style's are in order
		parts := strings.Split(strings.TrimSuffix(name, ".jpg"), "-")
		if len(parts) != 3 || styleWords[parts[0]] == "" || roomWords[parts[2]] == "" {
			return fmt.Errorf("picture %s is not named <style>-<order>-<room>.jpg", name)
		}
		caption := roomWords[parts[2]]
		alt := fmt.Sprintf("Computer rendering, not a photograph: %s (%s)", strings.ToLower(caption), styleWords[parts[0]])
		d.pictures[parts[0]] = append(d.pictures[parts[0]], Photo{File: name, Caption: caption, Alt: alt})
	}
	return nil
}

// photos shows one home's five pictures in order; large homes get a second bedroom, and a bathroom if that was missing.
func (g *generator) photos(p *plan, d *Draft) []Photo {
	style := p.style()
	photos := append(make([]Photo, 0, 7), g.pictures[style]...)
	if d.RoomType != "entire_place" || d.Bedrooms < 3 {
		return photos
	}
	for _, other := range g.pictures[companion[style]] {
		switch {
		case other.Caption == "Bedroom":
			other.Caption = "Second bedroom"
			photos = append(photos, other)
		case other.Caption == "Bathroom" && !shows(photos, "bathroom"):
			photos = append(photos, other)
		}
	}
	return photos
}

// style matches pictures to the property type first, then to the sea, then to the country.
func (p *plan) style() string {
	local := p.country.style
	switch {
	case p.kind == "loft" || p.kind == "cabin":
		return p.kind
	case local == "japanese" && chance(p.r, 75):
		return local
	case p.kind == "cottage":
		return pick(p.r, "cottage", "cottage", "cottage", "scandi")
	case p.setting == "coast" && chance(p.r, 45):
		return "coastal"
	case p.setting == "mountain" && p.isHouse():
		return "cabin"
	case !p.isHouse() && (local == "cottage" || local == "cabin"):
		return pick(p.r, "city", "scandi")
	case chance(p.r, 60):
		return local
	}
	return pick(p.r, "city", "scandi", either(p.isHouse(), "cottage", "city"))
}

func shows(photos []Photo, room string) bool {
	for _, photo := range photos {
		if strings.HasSuffix(photo.File, "-"+room+".jpg") {
			return true
		}
	}
	return false
}
