"""The audit as people read it: changes on a record's page, and the journal of acts."""
