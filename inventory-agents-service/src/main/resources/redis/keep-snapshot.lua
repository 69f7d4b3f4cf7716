-- KEYS[1] the source's hash; ARGV fence, asOf, document. 1 when kept, 0 when a later one is there.
local fence = redis.call('HGET', KEYS[1], 'fence')
if fence and tonumber(fence) > tonumber(ARGV[1]) then
    return 0
end
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'asOf', ARGV[2], 'document', ARGV[3])
return 1
