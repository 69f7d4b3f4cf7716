-- Replaces a market's shelf, or parts of it, at once.
-- KEYS  head, versions, segments
-- ARGV  version, base (-1: all segments are given), report, seconds to keep, channel, provider, then segment, bytes, ...
local there = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
local base = tonumber(ARGV[2])
if there > tonumber(ARGV[1]) then
  return 'NEWER_THERE'
end
if base >= 0 and there ~= base then
  return 'OTHER_BASE'
end
for i = 7, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[1])
  redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'report', ARGV[3])
for _, key in ipairs(KEYS) do
  redis.call('EXPIRE', key, ARGV[4])
end
redis.call('PUBLISH', ARGV[5], ARGV[6])
return 'PLACED'
