package media

import (
	"image"
	"image/color"
	"image/draw"

	xdraw "golang.org/x/image/draw"
)

// reduce draws src on white and shrinks it by a whole factor, each pixel the mean of factor × factor. It works in strips:
// however large src is, it is never held a second time.
func reduce(src image.Image, factor int) *image.RGBA {
	b := src.Bounds()
	w, h := b.Dx()/factor, b.Dy()/factor
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if factor == 1 {
		flatten(dst, src, b.Min)
		return dst
	}
	strip := image.NewRGBA(image.Rect(0, 0, w*factor, factor))
	for y := range h {
		flatten(strip, src, image.Pt(b.Min.X, b.Min.Y+y*factor))
		average(dst.Pix[y*dst.Stride:], strip, w, factor)
	}
	return dst
}

func flatten(dst *image.RGBA, src image.Image, from image.Point) {
	if o, ok := src.(interface{ Opaque() bool }); ok && isCheap(src) && o.Opaque() {
		draw.Draw(dst, dst.Rect, src, from, draw.Src)
		return
	}
	draw.Draw(dst, dst.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(dst, dst.Rect, src, from, draw.Over)
}

// isCheap tells the images that know without looking at every pixel that they are opaque.
func isCheap(src image.Image) bool {
	switch src.(type) {
	case *image.YCbCr, *image.Gray, *image.CMYK:
		return true
	}
	return false
}

func average(dst []uint8, strip *image.RGBA, w, factor int) {
	n := uint32(factor * factor)
	for x := range w {
		var sum [3]uint32
		for dy := range factor {
			row := strip.Pix[dy*strip.Stride+4*x*factor:][: 4*factor : 4*factor]
			for i := 0; i < len(row); i += 4 {
				sum[0] += uint32(row[i])
				sum[1] += uint32(row[i+1])
				sum[2] += uint32(row[i+2])
			}
		}
		out := dst[4*x : 4*x+4 : 4*x+4]
		out[0], out[1], out[2], out[3] = uint8((sum[0]+n/2)/n), uint8((sum[1]+n/2)/n), uint8((sum[2]+n/2)/n), 255
	}
}

// scaleTo shrinks src to w × h. Beyond half the size it averages first, so that every pixel of src has its say; the rest
// is less than a halving, where bilinear sampling looks right at a quarter of the cost of a cubic.
func scaleTo(src *image.RGBA, w, h int) *image.RGBA {
	if factor := min(src.Rect.Dx()/w, src.Rect.Dy()/h); factor > 1 {
		src = reduce(src, factor)
	}
	if src.Rect.Dx() == w && src.Rect.Dy() == h {
		return src
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	xdraw.ApproxBiLinear.Scale(dst, dst.Rect, src, src.Rect, draw.Src, nil)
	return dst
}

// fit gives the size with the longest side at most longest pixels, never larger than w × h.
func fit(w, h, longest int) (int, int) {
	if side := max(w, h); side > longest {
		return max(1, (w*longest+side/2)/side), max(1, (h*longest+side/2)/side)
	}
	return w, h
}
