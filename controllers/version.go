package controllers

import (
	"cmp"
	"fmt"

	"k8s.io/apimachinery/pkg/util/version"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// migratedSettings are the settings with the server that was migrated to last, and the web that belongs to it. Before the first migration nothing runs, and
// they stay as they are.
func (r *Reconciler) migratedSettings(p *v1alpha1.RentoraPlatform, s component.Settings) component.Settings {
	if v := p.Status.Version; v.Migrated != "" {
		s.Version, s.Images.Server = v.Migrated, v.Image
		s.Images.Web = cmp.Or(v.WebImage, component.WebImage(p, r.defaults, v.Migrated)) // until a web was ready none is noted
	}
	return s
}

// heldWeb are the settings with the web that runs, while the API of the new version is not ready: a newer web may ask an older API for
// what that does not know. Once the API was ready for this web, a lost pod of the API changes nothing any more.
func heldWeb(p *v1alpha1.RentoraPlatform, s component.Settings) component.Settings {
	if v := p.Status.Version; v.WebImage != "" && v.WebImage != s.Images.Web {
		s.Version, s.Images.Web = cmp.Or(v.Current, s.Version), v.WebImage
	}
	return s
}

// blockedDowngrade says why the wanted version may not run; "" when it may. Versions that are no numbers cannot be ordered and
// are let through.
func blockedDowngrade(p *v1alpha1.RentoraPlatform, wanted string) string {
	migrated := p.Status.Version.Migrated
	if p.Spec.AllowDowngrade || migrated == "" || wanted == migrated {
		return ""
	}
	from, errFrom := version.ParseGeneric(migrated)
	to, errTo := version.ParseGeneric(wanted)
	if errFrom != nil || errTo != nil || !to.LessThan(from) {
		return ""
	}
	return fmt.Sprintf("Version %s is older than %s, whose migrations were applied, so that %s goes on. Set allowDowngrade to true to run the older one on the newer schema.", wanted, migrated, migrated)
}
