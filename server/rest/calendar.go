package rest

type calendarRoom interface{}
