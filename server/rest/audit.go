package rest

type auditLog interface{}
