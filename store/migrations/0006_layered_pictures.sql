-- A page picture may be several layers packed as one blob.

alter table page_reading drop constraint page_reading_image_coding_check;
alter table page_reading add constraint page_reading_image_coding_check
    check (image_coding in ('ccitt4', 'jpeg', 'layers'));
