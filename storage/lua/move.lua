-- Sends an item on to another host, whose turn and rules it then waits for.
-- KEYS[1] P item:ID   ARGV: P, id, token, host, url, gap ms, most moves, for good ("1" or "")
-- Returns 1, 0 when the token is not current, or -1 when it has moved too often: then nothing is changed.
local P, id, token, host = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if not is_current(P, id, token) then return 0 end
if redis.call('HINCRBY', P .. 'item:' .. id, 'moves', 1) > tonumber(ARGV[7]) then return -1 end
local now = now_ms()
local left = redis.call('HGET', P .. 'item:' .. id, 'host')
release(P, id, left, now, tonumber(ARGV[6]))
place(P, left)
redis.call('HSET', P .. 'item:' .. id, 'host', host, 'url', ARGV[5])
if ARGV[8] ~= '1' then redis.call('HSET', P .. 'item:' .. id, 'astray', '1') end
put(P, id, host, now)
place(P, host)
return 1
