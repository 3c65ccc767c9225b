{{- /* The platform's name, held to what the names of its parts allow. */}}
{{- define "rentora-platform.name" -}}
{{- $name := .Values.name | default .Release.Name -}}
{{- if or (gt (len $name) 32) (not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name)) -}}
{{- fail (printf "%q cannot be a platform's name: it must begin with a letter, hold letters, digits and dashes alone, and have 32 characters at most; set the value name" $name) -}}
{{- end -}}
{{ $name }}
{{- end }}
