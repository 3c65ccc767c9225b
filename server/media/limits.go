package media

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

const (
	maxPixels = 60_000_000
	maxSide   = 12_000
	minSide   = 200

	// decodeBudget bounds the memory of everything that is being decoded in this process, whatever the number of slots.
	decodeBudget int64 = 1 << 30
)

// A codec reads one type of image. Only decoders written in Go see bytes that strangers send.
type codec struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var codecs = map[string]codec{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode},
	"image/png":  {png.DecodeConfig, png.Decode},
	"image/webp": {webp.DecodeConfig, webp.Decode},
}

// sniff tells the type of an image from its first bytes; "" is none that we read.
func sniff(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case len(data) >= 16 && string(data[:4]) == "RIFF" && string(data[8:15]) == "WEBPVP8":
		return "image/webp"
	}
	return ""
}

// inspect checks an original before anything is decoded: its true type, and its size from the header alone. The error is
// a *Failure.
func inspect(data []byte, declared string) (codec, image.Config, error) {
	found := sniff(data)
	switch {
	case found == "":
		return codec{}, image.Config{}, notAnImage()
	case found != declared:
		return codec{}, image.Config{}, typeMismatch(declared, found)
	}
	c := codecs[found]
	conf, err := c.config(bytes.NewReader(data))
	if err != nil {
		return codec{}, image.Config{}, undecodable(err)
	}
	return c, conf, checkSize(conf.Width, conf.Height)
}

// undecodable is a damaged image with the decoder's reason for the log.
func undecodable(err error) error {
	return errors.Join(damaged(), err)
}

func checkSize(width, height int) error {
	if width > maxSide || height > maxSide || width*height > maxPixels {
		return tooManyPixels(width, height)
	}
	if width < minSide || height < minSide {
		return tooSmall(width, height)
	}
	return nil
}

// weight estimates the bytes that an original takes at the peak of its rendering, from the header: itself, its pixels, and
// twice the reduced picture (before and after it is turned upright). Never more than the whole budget.
func weight(data []byte, conf image.Config) int64 {
	pixels, reduced := int64(conf.Width)*int64(conf.Height), int64(2*sizes[0].longest)
	return min(decodeBudget, int64(len(data))+pixels*perPixel(data, conf.ColorModel)+2*4*min(pixels, reduced*reduced))
}

// perPixel is what the decoder holds at its peak for one pixel, in bytes, by the worst of the type's variants.
func perPixel(data []byte, model color.Model) (n int64) {
	if sniff(data) != "image/jpeg" {
		switch model {
		case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model:
			return 16 // 8 of the image, the passes of an interlaced one beside it
		}
		return 10 // a WebP's colours before and after their index is undone, its alpha and the tiles of its transforms
	}
	n = 4
	if model == color.CMYKModel || model == color.RGBAModel {
		n = 8 // converted into a second image
	}
	if isProgressive(data) {
		n += 16 // every coefficient of every component is kept, 4 bytes each, until the last scan
	}
	return n
}

// isProgressive looks for the frame header of a progressive JPEG (SOF2) before the first scan.
func isProgressive(data []byte) bool {
	for i := 2; i+4 <= len(data) && data[i] == 0xff; {
		marker := data[i+1]
		switch {
		case marker == 0xc2:
			return true
		case marker == 0xda: // the first scan
			return false
		case marker == 0xff: // fill byte
			i++
			continue
		}
		i += 2 + int(data[i+2])<<8 + int(data[i+3])
	}
	return false
}
