package controllers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// errForeign says that an object with the name of one of ours was made by somebody else.
type errForeign struct{ kind, name string }

func (e errForeign) Error() string {
	return fmt.Sprintf("%s %s exists and was not made by the operator: remove or rename it", e.kind, e.name)
}

// applier brings objects to the API server by server-side apply, and only where that changes something: a no-op apply is
// still a request. Safe for concurrent use.
type applier struct {
	client client.Client // reads from the cache
	direct client.Reader // asks the API server
	scheme *runtime.Scheme

	// An apply that changed nothing although ours and the live object seemed to differ would be repeated for ever; the version
	// that it left is remembered with what was applied, and the object left alone until either changes.
	mu      sync.Mutex
	settled map[types.UID]settlement
}

type settlement struct{ version, hash string }

// apply makes the live object cover what was rendered and tells whether that took a write.
func (a *applier) apply(ctx context.Context, p *v1alpha1.RentoraPlatform, o client.Object) (bool, error) {
	u, err := a.prepare(p, o)
	if err != nil {
		return false, err
	}
	live, err := a.live(ctx, u)
	if err != nil {
		return false, err
	}
	if live != nil && a.covered(u, live) {
		return false, nil
	}
	if live == nil {
		if err := a.refuseForeign(ctx, u); err != nil {
			return false, err
		}
	} else if u.GetKind() == "Job" {
		return false, nil // a Job cannot be changed: what it is made of is in its name
	}
	before, hash := resourceVersion(live), u.GetAnnotations()[component.AnnotationHash]
	if err := a.client.Apply(ctx, client.ApplyConfigurationFromUnstructured(u), client.FieldOwner(component.FieldOwner), client.ForceOwnership); err != nil {
		return false, fmt.Errorf("apply %s %s: %w", u.GetKind(), u.GetName(), err)
	}
	writes.WithLabelValues(u.GetKind(), "apply").Inc()
	if u.GetResourceVersion() == before {
		a.mu.Lock()
		a.settled[u.GetUID()] = settlement{before, hash}
		a.mu.Unlock()
		return false, nil
	}
	return true, nil
}

// prepare renders the object, gives it its owner and notes the hash of all that.
func (a *applier) prepare(p *v1alpha1.RentoraPlatform, o client.Object) (*unstructured.Unstructured, error) {
	u, err := component.Render(o)
	if err != nil {
		return nil, err
	}
	u.SetOwnerReferences([]metav1.OwnerReference{*metav1.NewControllerRef(p, v1alpha1.GroupVersion.WithKind("RentoraPlatform"))})
	text, err := json.Marshal(u.Object)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	annotations := u.GetAnnotations()
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations[component.AnnotationHash] = hex.EncodeToString(sum[:])[:32]
	u.SetAnnotations(annotations)
	return u, nil
}

// live gives the cached object in the same form, or nil.
func (a *applier) live(ctx context.Context, u *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	o, err := a.empty(u.GroupVersionKind())
	if err != nil {
		return nil, err
	}
	if err := a.client.Get(ctx, client.ObjectKeyFromObject(u), o); err != nil {
		return nil, client.IgnoreNotFound(err)
	}
	if l, ok := o.(*unstructured.Unstructured); ok {
		return l, nil
	}
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(o)
	if err != nil {
		return nil, err
	}
	return &unstructured.Unstructured{Object: content}, nil
}

// empty gives the typed object of a kind that we know, so that it is read from the cache that is watched anyhow.
func (a *applier) empty(kind schema.GroupVersionKind) (client.Object, error) {
	if !a.scheme.Recognizes(kind) {
		u := &unstructured.Unstructured{}
		u.SetGroupVersionKind(kind)
		return u, nil
	}
	o, err := a.scheme.New(kind)
	if err != nil {
		return nil, err
	}
	typed, ok := o.(client.Object)
	if !ok {
		return nil, fmt.Errorf("%s is no object", kind)
	}
	return typed, nil
}

func (a *applier) covered(rendered, live *unstructured.Unstructured) bool {
	if live.GetDeletionTimestamp() != nil {
		return true // it goes first; its end is an event
	}
	if rendered.GetAnnotations()[component.AnnotationHash] == live.GetAnnotations()[component.AnnotationHash] && covers(live.Object, rendered.Object) {
		return true
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.settled[live.GetUID()] == settlement{live.GetResourceVersion(), rendered.GetAnnotations()[component.AnnotationHash]}
}

// refuseForeign looks past the cache, which holds only what carries our label: applying by force would take over an object of
// somebody else.
func (a *applier) refuseForeign(ctx context.Context, u *unstructured.Unstructured) error {
	there := &metav1.PartialObjectMetadata{}
	there.SetGroupVersionKind(u.GroupVersionKind())
	err := a.direct.Get(ctx, client.ObjectKeyFromObject(u), there)
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if there.Labels[component.LabelManagedBy] != component.ManagedBy || there.Labels[component.LabelPlatform] != u.GetLabels()[component.LabelPlatform] {
		return errForeign{u.GetKind(), u.GetName()}
	}
	return nil
}

func resourceVersion(u *unstructured.Unstructured) string {
	if u == nil {
		return ""
	}
	return u.GetResourceVersion()
}

// whole are maps that the API server takes as one: a label that somebody adds to a selector changes what it selects.
var whole = map[string]bool{"selector": true, "podSelector": true, "namespaceSelector": true, "matchLabels": true, "nodeSelector": true}

// covers tells whether a live value has all that was rendered. What others added is theirs.
func covers(live, rendered any) bool {
	switch want := rendered.(type) {
	case map[string]any:
		have, ok := live.(map[string]any)
		if !ok {
			return len(want) == 0 && live == nil
		}
		for key, value := range want {
			got, there := have[key]
			if !there && !hollow(value) || there && !covers(got, value) || whole[key] && size(got) > size(value) {
				return false
			}
		}
		return true
	case []any:
		have, ok := live.([]any)
		if !ok {
			return len(want) == 0 && live == nil
		}
		return coversList(have, want)
	}
	return live == rendered
}

func size(value any) int {
	m, _ := value.(map[string]any)
	return len(m)
}

// hollow tells what the API server does not keep.
func hollow(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	case string:
		return v == ""
	}
	return false
}

// keys by which elements of a list are the same one, as the API server merges them.
var keys = []string{"name", "uid", "mountPath"}

// coversList matches elements by their key where all have one: others may have added some. Other lists are ours as a whole.
func coversList(live, rendered []any) bool {
	key := sharedKey(rendered)
	if key == "" {
		if len(live) != len(rendered) {
			return false
		}
		for i := range rendered {
			if !covers(live[i], rendered[i]) {
				return false
			}
		}
		return true
	}
	for _, want := range rendered {
		if !covers(find(live, key, want.(map[string]any)[key]), want) {
			return false
		}
	}
	return true
}

func sharedKey(list []any) string {
	for _, key := range keys {
		all := len(list) > 0
		for _, element := range list {
			m, ok := element.(map[string]any)
			all = all && ok && m[key] != nil
		}
		if all {
			return key
		}
	}
	return ""
}

func find(list []any, key string, value any) any {
	for _, element := range list {
		if m, ok := element.(map[string]any); ok && m[key] == value {
			return element
		}
	}
	return nil
}
