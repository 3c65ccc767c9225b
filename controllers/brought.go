package controllers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	toolscache "k8s.io/client-go/tools/cache"
	"sigs.k8s.io/controller-runtime/pkg/event"

	"github.com/rentora/rentora/api/v1alpha1"
)

// syncLimit is how long the first look at a Secret may take.
const syncLimit = 10 * time.Second

// broughtSecrets watches the Secrets that users bring, each by its name: watching the kind would hold every Secret of the
// cluster in memory, and asks for the right to read them all at once. Safe for concurrent use.
type broughtSecrets struct {
	clients kubernetes.Interface
	events  chan event.GenericEvent // one for each platform whose Secret changed

	mu      sync.Mutex
	watches map[types.NamespacedName]*secretWatch
}

type secretWatch struct {
	informer toolscache.SharedIndexInformer
	stop     context.CancelFunc
	users    map[types.NamespacedName]bool // the platforms that named it
}

func newBroughtSecrets(c kubernetes.Interface) *broughtSecrets {
	return &broughtSecrets{clients: c, events: make(chan event.GenericEvent, 64), watches: map[types.NamespacedName]*secretWatch{}}
}

// Start ends all watches with the manager.
func (b *broughtSecrets) Start(ctx context.Context) error {
	<-ctx.Done()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.watches {
		w.stop()
	}
	return nil
}

// get gives the Secret, nil when it does not exist, and from now on tells of its changes.
func (b *broughtSecrets) get(ctx context.Context, secret, platform types.NamespacedName) (*corev1.Secret, error) {
	w := b.watch(secret, platform)
	ctx, cancel := context.WithTimeout(ctx, syncLimit)
	defer cancel()
	if !toolscache.WaitForCacheSync(ctx.Done(), w.informer.HasSynced) {
		return nil, fmt.Errorf("the Secret %s cannot be looked at yet", secret)
	}
	o, exists, err := w.informer.GetStore().GetByKey(secret.String())
	if err != nil || !exists {
		return nil, err
	}
	return o.(*corev1.Secret), nil
}

func (b *broughtSecrets) watch(secret, platform types.NamespacedName) *secretWatch {
	b.mu.Lock()
	defer b.mu.Unlock()
	w := b.watches[secret]
	if w == nil {
		w = b.begin(secret)
		b.watches[secret] = w
	}
	w.users[platform] = true
	return w
}

func (b *broughtSecrets) begin(secret types.NamespacedName) *secretWatch {
	selector := fields.OneTermEqualSelector(metav1.ObjectNameField, secret.Name)
	list := toolscache.NewListWatchFromClient(b.clients.CoreV1().RESTClient(), "secrets", secret.Namespace, selector)
	ctx, stop := context.WithCancel(context.Background())
	w := &secretWatch{informer: toolscache.NewSharedIndexInformer(list, &corev1.Secret{}, 0, nil), stop: stop, users: map[types.NamespacedName]bool{}}
	tell := func(any) { b.tell(ctx, secret) }
	_, _ = w.informer.AddEventHandler(toolscache.ResourceEventHandlerFuncs{ // fails only for an informer that has stopped
		AddFunc: tell, DeleteFunc: tell, UpdateFunc: func(_, o any) { tell(o) },
	})
	go w.informer.RunWithContext(ctx)
	return w
}

func (b *broughtSecrets) tell(ctx context.Context, secret types.NamespacedName) {
	for _, platform := range b.users(secret) {
		p := &v1alpha1.RentoraPlatform{ObjectMeta: metav1.ObjectMeta{Name: platform.Name, Namespace: platform.Namespace}}
		select {
		case b.events <- event.GenericEvent{Object: p}:
		case <-ctx.Done():
			return
		}
	}
}

func (b *broughtSecrets) users(secret types.NamespacedName) []types.NamespacedName {
	b.mu.Lock()
	defer b.mu.Unlock()
	w := b.watches[secret]
	if w == nil {
		return nil
	}
	return slices.Collect(maps.Keys(w.users))
}

// forget ends the watches that a platform no longer asks for: all but those named.
func (b *broughtSecrets) forget(platform types.NamespacedName, keep ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := map[string]bool{}
	for _, name := range keep {
		kept[name] = true
	}
	for secret, w := range b.watches {
		if !w.users[platform] || secret.Namespace == platform.Namespace && kept[secret.Name] {
			continue
		}
		delete(w.users, platform)
		if len(w.users) == 0 {
			w.stop()
			delete(b.watches, secret)
		}
	}
}
