-- Makes looks due now whose feeds say that their pages were changed since they were read: once for each text that was told.
-- KEYS[1] P frontier:looks   ARGV: P, then for each page: entry, when it was changed (s)
local P = ARGV[1]
local now = now_ms()
for at = 2, #ARGV, 2 do
  local item = P .. 'item:' .. ARGV[at]
  local due = redis.call('ZSCORE', P .. 'frontier:looks', ARGV[at])
  if due and tonumber(due) > now then
    local seen = tonumber(redis.call('HGET', item, 'seen'))
    if tonumber(ARGV[at + 1]) > seen and redis.call('HSETNX', item, 'hurried', '1') == 1 then
      redis.call('ZADD', P .. 'frontier:looks', now, ARGV[at])
    end
  end
end
