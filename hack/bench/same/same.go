// Package same tells whether two servers give the same answer.
package same

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// Answers compares two JSON documents and gives the first difference as an error. Instants are compared to the
// millisecond, which is all that a JavaScript Date holds; members with an ignored name are only asked to be there.
func Answers(ours, rivals []byte, ignored ...string) error {
	var a, b any
	if err := json.Unmarshal(ours, &a); err != nil {
		return fmt.Errorf("our answer: %w", err)
	}
	if err := json.Unmarshal(rivals, &b); err != nil {
		return fmt.Errorf("the rival's answer: %w", err)
	}
	return compare("", a, b, ignored)
}

func compare(path string, a, b any, ignored []string) error {
	switch ours := a.(type) {
	case map[string]any:
		rivals, ok := b.(map[string]any)
		if !ok {
			return differ(path, a, b)
		}
		return members(path, ours, rivals, ignored)
	case []any:
		rivals, ok := b.([]any)
		if !ok || len(ours) != len(rivals) {
			return differ(path, a, b)
		}
		for i := range ours {
			if err := compare(fmt.Sprintf("%s[%d]", path, i), ours[i], rivals[i], ignored); err != nil {
				return err
			}
		}
		return nil
	case string:
		rivals, ok := b.(string)
		if !ok || milliseconds(ours) != milliseconds(rivals) {
			return differ(path, a, b)
		}
		return nil
	}
	if !reflect.DeepEqual(a, b) {
		return differ(path, a, b)
	}
	return nil
}

func members(path string, ours, rivals map[string]any, ignored []string) error {
	all := slices.Sorted(maps.Keys(ours))
	for name := range rivals {
		if _, ok := ours[name]; !ok {
			all = append(all, name)
		}
	}
	for _, name := range all {
		a, inOurs := ours[name]
		b, inRivals := rivals[name]
		if inOurs != inRivals {
			return fmt.Errorf("%s.%s is only in one of the answers", path, name)
		}
		if slices.Contains(ignored, name) {
			continue
		}
		if err := compare(path+"."+name, a, b, ignored); err != nil {
			return err
		}
	}
	return nil
}

var instant = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$`)

func milliseconds(s string) string {
	m := instant.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	fraction := strings.TrimPrefix(m[2], ".") + "000"
	return m[1] + "." + fraction[:3] + "Z"
}

func differ(path string, a, b any) error {
	return fmt.Errorf("%s: ours is %v, the rival's %v", path, a, b)
}
