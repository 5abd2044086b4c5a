-- How a look ends, shared by the steps that end one. The caller has checked the token.
-- `result` is counted; `delay` is ms until the next look, which `data` describes, "" where there is none any more; `gap` is
-- the host's, in ms, when the network had it last.
local function end_look(P, id, now_s, result, delay, data, gap)
  count(P, redis.call('HGET', P .. 'entry:' .. id, 'feed') or '', now_s, 'looks:' .. result, 1)
  local host, now = redis.call('HGET', P .. 'item:' .. id, 'host'), now_ms()
  release(P, id, host, now, gap)
  if delay == '' then
    remove(P, id, host)
  else
    redis.call('HSET', P .. 'item:' .. id, 'data', data, 'seen', now_s)
    redis.call('HDEL', P .. 'item:' .. id, 'attempts', 'moves', 'astray')
    put(P, id, host, now + tonumber(delay))
  end
  place(P, host)
end
