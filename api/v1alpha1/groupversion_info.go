// Package v1alpha1 is the API that the operator serves: one RentoraPlatform is one whole Rentora.
// +kubebuilder:object:generate=true
// +groupName=platform.rentora.io
package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// GroupVersion of every type in this package.
var GroupVersion = schema.GroupVersion{Group: "platform.rentora.io", Version: "v1alpha1"}

// AddToScheme makes the types known to a client.
func AddToScheme(s *runtime.Scheme) error {
	s.AddKnownTypes(GroupVersion, &RentoraPlatform{}, &RentoraPlatformList{})
	metav1.AddToGroupVersion(s, GroupVersion)
	return nil
}
