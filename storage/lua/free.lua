-- Lets a host go whose turn was reserved: the next request is `gap` after now.
-- KEYS[1] P frontier:slot:HOST   ARGV: P, host, gap ms
local now = now_ms()
move_slot(ARGV[1], ARGV[2], now, now + tonumber(ARGV[3]))
place(ARGV[1], ARGV[2])
