-- What an upload consists of where it grows in a bucket: the parts that S3 has, and the bytes behind
-- them that are too few for a part. null where it grows in a file.
alter table uploads add column growth jsonb;
