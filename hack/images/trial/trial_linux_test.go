package trial

import (
	"testing"

	"github.com/rentora/rentora/hack/images/recipe"
)

func TestEveryImageIsTried(t *testing.T) {
	t.Parallel()
	for _, name := range recipe.Names() {
		if trials[name] == nil {
			t.Errorf("nothing tries %s", name)
		}
	}
	if len(trials) != len(recipe.Names()) {
		t.Errorf("%d trials for %d images", len(trials), len(recipe.Names()))
	}
}
