"""What phone and server must agree on: record kinds, stamps, changes, merging, the wire, errors, words.

Imports the standard library and pydantic, nothing else. The glossary of the whole project:

record      one visit, customer, ...; its `id` is 32 lowercase hex digits of a UUIDv7 made on the device
kind        a class of records: `Visit`, `Customer`
field       one named value of a record, as a person knows it
register    where a field's value is kept and merged: `name`, or one per member: `tags.vip`, `review_notes.<id>`
cell        a register's present value with the stamp that put it there
device      one enrolled phone or desk: 8 characters a-z2-7, drawn by the server
person      somebody who works here: rep, supervisor, admin
team        the people who share customers; every central key begins with it
scope       a set of records a person may see: `team:<id>`, `lead:<id>` (supervisors), `user:<id>` (one person)
change      what one person did to one record at one moment: registers set, with its stamp
stamp       when a change happened (a hybrid logical clock): wall ms, counter, device
merge       two sets of cells become one
overruled   a value that lost a merge; kept, shown to the supervisor and to its author
conflict    two people's values for one field, one of them overruled; a record like any other
base        a record exactly as the server last sent it
outbox      changes this device has made that the server has not yet named
blob        the bytes of an attachment, named by their SHA-256; they travel in chunks, after the record
cursor      the server's sequence number up to which this device has pulled a scope
push, pull  device to server, server to device: one request, `POST /v1/sync`
settle      take changes that the server has named out of the outbox
draft       what is in a form and is not yet a record
template    which fields a record must have to be complete: `standard` 标准客户表, `quick` 上门快速登记
verdict     what a supervisor says of a visit: approved, returned, question
quarantine  where a refused change is kept whole until somebody deals with it
seal, open  encrypt, decrypt the local store
vault       the encrypted TinyDB on the device
epoch       the identity of one life of the central store; a restore begins a new one
"""
