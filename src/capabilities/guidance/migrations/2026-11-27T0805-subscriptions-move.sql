-- Subscriptions are a mechanism of the platform from now on: those that there are move there, and nobody is told anything twice.
insert into platform.subscription (id, token, address, list, scope, words, frequency, made_at, confirmed_at, ended_at)
  select id, token, address, 'guidance',
    case scope_kind when 'guide' then 'guide' else scope_kind || ':' || scope end,
    case scope_kind when 'guide' then 'changes to the whole guide' else 'changes to the ' || scope_kind || ' “' || scope || '”' end,
    frequency, made_at, confirmed_at, ended_at
  from guidance.subscription;
insert into platform.told (address, list, news, told_at)
  select address, 'guidance', page_id || '@' || number, told_at from guidance.told;
drop table guidance.told;
drop table guidance.subscription;
