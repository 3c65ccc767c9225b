package rest

type bookingRoom interface{}
