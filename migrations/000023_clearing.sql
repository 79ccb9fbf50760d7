-- Since when a process has been removing what was made of a version that failed or was cancelled;
-- nobody takes the version up again meanwhile. null: nobody does.
alter table versions add column clearing_since timestamptz;
