package objects

import (
	_ "embed"
	"strconv"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/rentora/rentora/api/v1alpha1"
	"github.com/rentora/rentora/controllers/component"
)

// usersPart is the Job that makes the application's user.
const usersPart = "objects-users"

//go:embed files/users.sh
var usersScript string

func usersFiles(in component.Input) (map[string]string, error) {
	text, err := policy(in)
	if err != nil {
		return nil, err
	}
	return map[string]string{"users.sh": usersScript, "policy.json": text}, nil
}

// jobName changes with everything that the Job does: with other keys or another policy it runs again, and else never.
func jobName(in component.Input, files map[string]string) string {
	return component.Child(in.Platform, usersPart) + "-" + component.Hash(in.Secrets.Hash(component.ObjectsAuth), component.HashFiles(files))[:10]
}

func usersJob(in component.Input, files map[string]string) *batchv1.Job {
	meta := component.Meta(in.Platform, component.Objects, usersPart)
	meta.Name = jobName(in, files)
	template := component.PodTemplate(in, component.PodOptions{
		Component: component.Objects, Part: usersPart, User: user,
		Containers: []corev1.Container{users(in)},
		Volumes: []corev1.Volume{
			component.FromConfig("files", component.Child(in.Platform, usersPart)),
			component.FromSecret("secrets", in.Secrets.Name(in.Platform, component.ObjectsAuth)),
			component.EmptyDir("tmp", "16Mi"),
		},
	})
	// A try lasts two minutes and is repeated for hours: the server may be waiting for a node or a volume.
	template.Spec.RestartPolicy = corev1.RestartPolicyOnFailure
	tries := int32(50)
	return &batchv1.Job{
		TypeMeta: metav1.TypeMeta{APIVersion: "batch/v1", Kind: "Job"}, ObjectMeta: meta,
		Spec: batchv1.JobSpec{BackoffLimit: &tries, Template: template},
	}
}

func users(in component.Input) corev1.Container {
	return corev1.Container{
		Name: "users", Image: in.Settings.Images.Minio,
		Command: []string{"/bin/sh", "/etc/rentora/users.sh"},
		Env: []corev1.EnvVar{
			{Name: "STORE", Value: "http://" + component.Host(in.Platform, component.Objects) + ":" + strconv.Itoa(component.PortObjects)},
			{Name: "FILES", Value: "/etc/rentora"}, {Name: "SECRETS", Value: "/etc/rentora-secrets"},
			{Name: "POLICY", Value: in.Platform.Name}, {Name: "MC_CONFIG_DIR", Value: "/tmp"}, {Name: "HOME", Value: "/tmp"},
			{Name: "PATH", Value: "/usr/local/bin:/usr/bin:/bin"},
		},
		VolumeMounts: []corev1.VolumeMount{
			{Name: "files", MountPath: "/etc/rentora", ReadOnly: true}, {Name: "secrets", MountPath: "/etc/rentora-secrets", ReadOnly: true},
			{Name: "tmp", MountPath: "/tmp"},
		},
		Resources: corev1.ResourceRequirements{
			Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("10m"), corev1.ResourceMemory: resource.MustParse("32Mi")},
			Limits:   corev1.ResourceList{corev1.ResourceMemory: resource.MustParse("256Mi")},
		},
	}
}

// judgeUsers says whether the application can log in.
func judgeUsers(in component.Input, o component.Observed) component.Readiness {
	files, err := usersFiles(in)
	if err != nil {
		return component.Failed(v1alpha1.ReasonApplyFailed, "%s", err)
	}
	name := jobName(in, files)
	job := o.Jobs[name]
	if job == nil {
		return component.Underway(v1alpha1.ReasonProgressing, "objects runs; the Job that makes its user is about to be created.")
	}
	complete, failed, message := component.JobFinished(job)
	switch {
	case complete:
		return component.Good("objects runs, and the application has its user there.")
	case failed:
		return component.Failed(v1alpha1.ReasonCrashLooping, "objects runs, but the application's user could not be made (%s); delete the Job %s and it is tried anew.", message, name)
	}
	for _, pod := range o.Pods[usersPart] {
		if v := component.JudgePod(pod); v.State == component.IsFailed || v.Reason == v1alpha1.ReasonCrashLooping {
			v.Message = "objects runs, but its user is not made yet: " + v.Message
			return v
		}
	}
	return component.Underway(v1alpha1.ReasonProgressing, "objects runs; its user is being made.")
}
