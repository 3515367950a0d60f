#!/bin/sh
# Run once by the MariaDB image: sample data, and an account that may dump it and nothing else.
set -eu
# In a string of SQL a quote or a backslash would not stand for itself.
password=$(printf %s "$BACKUP_PASSWORD" | sed "s/['\\\\]/\\\\&/g")
mariadb --user=root --password="$MARIADB_ROOT_PASSWORD" <<SQL
USE shop;
CREATE TABLE orders (id INT PRIMARY KEY AUTO_INCREMENT, amount DECIMAL(10, 2) NOT NULL);
INSERT INTO orders (amount) SELECT seq / 100 FROM seq_1_to_10000;
CREATE USER backup@'%' IDENTIFIED BY '$password';
GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON shop.* TO backup@'%';
SQL
