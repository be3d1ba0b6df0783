-- The official guideline itself, as a PDF: what the numbers beside it were read from.
alter table quality_mark.guideline add column document_id uuid references platform.file;
