-- Moves feeds that wait: due now (delay "0"), or not before a delay.
-- KEYS[1] P frontier:hosts   ARGV: P, delay ms, the feeds
local P, delay = ARGV[1], tonumber(ARGV[2])
local now = now_ms()
for i = 3, #ARGV do
  local host = redis.call('HGET', P .. 'item:' .. ARGV[i], 'host')
  local due = host and redis.call('ZSCORE', P .. 'frontier:host:' .. host, ARGV[i])
  if due and (delay == 0 or tonumber(due) < now + delay) then
    redis.call('ZADD', P .. 'frontier:host:' .. host, now + delay, ARGV[i])
    place(P, host)
  end
end
