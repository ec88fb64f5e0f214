DROP POLICY looked_me ON accounts;
