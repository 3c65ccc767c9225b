package component

import (
	"cmp"
	"fmt"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/rentora/rentora/api/v1alpha1"
)

// longestMessage bounds what a container's last words add to a condition.
const longestMessage = 400

// Good is the verdict on what works.
func Good(message string, args ...any) Readiness {
	return Readiness{State: IsReady, Reason: v1alpha1.ReasonReady, Message: fmt.Sprintf(message, args...)}
}

// Off is the verdict on what is not wanted.
func Off(message string) Readiness {
	return Readiness{State: IsOff, Reason: v1alpha1.ReasonReady, Message: message}
}

// Elsewhere is the verdict on what somebody else runs.
func Elsewhere(message string) Readiness {
	return Readiness{State: IsExternal, Reason: v1alpha1.ReasonExternal, Message: message}
}

// Underway is the verdict on what is not ready yet.
func Underway(reason, message string, args ...any) Readiness {
	return Readiness{State: IsProgressing, Reason: reason, Message: fmt.Sprintf(message, args...)}
}

// Failed is the verdict on what somebody must mend.
func Failed(reason, message string, args ...any) Readiness {
	return Readiness{State: IsFailed, Reason: reason, Message: fmt.Sprintf(message, args...)}
}

// Waiting is the verdict on what may not begin yet.
func Waiting(message string, args ...any) Readiness {
	return Readiness{State: IsWaiting, Reason: v1alpha1.ReasonWaiting, Message: fmt.Sprintf(message, args...)}
}

// Worst gives the verdict that matters most; the first of equals.
func Worst(verdicts ...Readiness) Readiness {
	rank := map[State]int{IsFailed: 5, IsProgressing: 4, IsWaiting: 3, IsReady: 2, IsExternal: 1, IsOff: 0}
	worst := verdicts[0]
	for _, v := range verdicts[1:] {
		if rank[v.State] > rank[worst.State] {
			worst = v
		}
	}
	return worst
}

// JudgeStateful judges a StatefulSet by name (as Child gives it) and its pods by part.
func JudgeStateful(in Input, o Observed, part string) Readiness {
	set := o.StatefulSets[Child(in.Platform, part)]
	if set == nil {
		return Underway(v1alpha1.ReasonProgressing, "%s is about to be created.", part)
	}
	if set.DeletionTimestamp != nil {
		return Underway(v1alpha1.ReasonProgressing, "%s is removed and made anew.", part)
	}
	want := cmp.Or(value(set.Spec.Replicas), 1)
	if set.Status.ObservedGeneration >= set.Generation && set.Status.ReadyReplicas >= want && set.Status.UpdatedReplicas >= want &&
		set.Status.CurrentRevision == set.Status.UpdateRevision {
		return Good("%s runs (%d of %d).", part, set.Status.ReadyReplicas, want)
	}
	return judgePods(o, part, set.Name, set.Status.ReadyReplicas, want)
}

// JudgeDeployment judges a Deployment. One whose last change is not through yet counts as underway even while the old pods
// serve.
func JudgeDeployment(in Input, o Observed, part string) Readiness {
	d := o.Deployments[Child(in.Platform, part)]
	if d == nil {
		return Underway(v1alpha1.ReasonProgressing, "%s is about to be created.", part)
	}
	if d.DeletionTimestamp != nil {
		return Underway(v1alpha1.ReasonProgressing, "%s is removed and made anew.", part)
	}
	want := value(d.Spec.Replicas)
	done := d.Status.ObservedGeneration >= d.Generation && d.Status.UpdatedReplicas >= want && d.Status.AvailableReplicas >= want &&
		d.Status.Replicas == d.Status.UpdatedReplicas
	if done {
		return Good("%s runs (%d of %d).", part, d.Status.ReadyReplicas, want)
	}
	if message := condition(d, appsv1.DeploymentReplicaFailure, corev1.ConditionTrue); message != "" {
		return Failed(v1alpha1.ReasonQuotaExceeded, "%s: the cluster refuses a pod: %s", part, clip(message))
	}
	return judgePods(o, part, d.Name, d.Status.ReadyReplicas, want)
}

func condition(d *appsv1.Deployment, kind appsv1.DeploymentConditionType, status corev1.ConditionStatus) string {
	for _, c := range d.Status.Conditions {
		if c.Type == kind && c.Status == status {
			return c.Message
		}
	}
	return ""
}

func judgePods(o Observed, part, workload string, ready, want int32) Readiness {
	if why := o.Refused[workload]; why != "" {
		return Failed(v1alpha1.ReasonQuotaExceeded, "%s: the cluster refuses a pod: %s", part, clip(why))
	}
	worst := Underway(v1alpha1.ReasonProgressing, "%s: %d of %d pods are ready.", part, ready, want)
	for _, pod := range o.Pods[part] {
		if found := JudgePod(pod); found.State == IsFailed || found.State == IsProgressing && worst.Reason == v1alpha1.ReasonProgressing {
			worst = found
			worst.Message = part + ": " + worst.Message
		}
		if worst.State == IsFailed {
			break
		}
	}
	return worst
}

// JobFinished reads the conditions of a Job instead of its completionTime: that one is set only on success.
func JobFinished(job *batchv1.Job) (complete, failed bool, message string) {
	for _, c := range job.Status.Conditions {
		if c.Status != corev1.ConditionTrue {
			continue
		}
		switch c.Type {
		case batchv1.JobComplete, batchv1.JobSuccessCriteriaMet:
			complete = complete || c.Type == batchv1.JobComplete
		case batchv1.JobFailed:
			failed, message = true, c.Message
		}
	}
	return complete, failed, message
}

// JudgePod says what keeps a pod from being ready.
func JudgePod(pod *corev1.Pod) Readiness {
	for _, c := range pod.Status.Conditions {
		if c.Type == corev1.PodReady && c.Status == corev1.ConditionTrue {
			return Good("%s is ready.", pod.Name)
		}
		if c.Type == corev1.PodScheduled && c.Status == corev1.ConditionFalse && c.Reason == corev1.PodReasonUnschedulable {
			return Failed(v1alpha1.ReasonUnschedulable, "no node takes %s: %s", pod.Name, clip(c.Message))
		}
	}
	statuses := append(append([]corev1.ContainerStatus{}, pod.Status.InitContainerStatuses...), pod.Status.ContainerStatuses...)
	for _, s := range statuses {
		if r, found := judgeContainer(pod, s); found {
			return r
		}
	}
	if pod.Status.Phase == corev1.PodPending {
		return Underway(v1alpha1.ReasonProgressing, "%s is starting.", pod.Name)
	}
	return Underway(v1alpha1.ReasonNotReady, "%s runs but says that it is not ready yet.", pod.Name)
}

// complaints are what keeps a container from starting, by what the kubelet calls it.
var complaints = map[string]string{
	"ImagePullBackOff": v1alpha1.ReasonImagePull, "ErrImagePull": v1alpha1.ReasonImagePull, "InvalidImageName": v1alpha1.ReasonImagePull,
	"ErrImageNeverPull": v1alpha1.ReasonImagePull, "CreateContainerConfigError": v1alpha1.ReasonSecretMissing,
	"CreateContainerError": v1alpha1.ReasonCrashLooping, "RunContainerError": v1alpha1.ReasonCrashLooping,
}

func judgeContainer(pod *corev1.Pod, s corev1.ContainerStatus) (Readiness, bool) {
	if w := s.State.Waiting; w != nil {
		if reason, known := complaints[w.Reason]; known {
			if reason == v1alpha1.ReasonImagePull {
				return Failed(reason, "the image %s of %s cannot be pulled: %s", s.Image, pod.Name, clip(cmp.Or(w.Message, w.Reason))), true
			}
			return Failed(reason, "the container %s of %s cannot start: %s", s.Name, pod.Name, clip(cmp.Or(w.Message, w.Reason))), true
		}
		if w.Reason == "CrashLoopBackOff" {
			return Failed(v1alpha1.ReasonCrashLooping, "the container %s of %s ends again and again (%d restarts)%s", s.Name, pod.Name, s.RestartCount, lastWords(s.LastTerminationState.Terminated)), true
		}
	}
	if t := s.State.Terminated; t != nil && t.ExitCode != 0 {
		return Underway(v1alpha1.ReasonCrashLooping, "the container %s of %s ended%s", s.Name, pod.Name, lastWords(t)), true
	}
	return Readiness{}, false
}

// LastWords says how a container ended, to go on a sentence about it: ", the last time with exit code 1: …".
func LastWords(t *corev1.ContainerStateTerminated) string { return lastWords(t) }

func lastWords(t *corev1.ContainerStateTerminated) string {
	if t == nil {
		return "."
	}
	how := fmt.Sprintf(", the last time with exit code %d", t.ExitCode)
	if t.Reason == "OOMKilled" {
		how = ", the last time because its memory limit was reached"
	}
	if words := clip(t.Message); words != "" {
		return how + ": " + words
	}
	return how + "."
}

// clip keeps the end of long words: that is where the cause stands.
func clip(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if len(words) > longestMessage {
		words = "… " + strings.ToValidUTF8(words[len(words)-longestMessage:], "")
	}
	return words
}

func value(n *int32) int32 {
	if n == nil {
		return 1
	}
	return *n
}
