# docker build -t onedump .
FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /onedump
COPY pom.xml application.properties LICENSE NOTICE ./
COPY bin bin
COPY routes routes
COPY src src
RUN mvn -q -B package -Dmaven.test.skip=true -Dmdep.skip=true

# An SFTP server for docker-compose.yml, for one user and without passwords.
FROM debian:12.10-slim AS sftp
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends openssh-server \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --shell /bin/sh onedump \
 && install -d -o onedump -g onedump /backups /ssh
COPY docker/sftp-server /usr/local/bin/sftp-server
USER 10001
VOLUME ["/backups", "/ssh"]
ENTRYPOINT ["sftp-server"]

# MariaDB's and PostgreSQL's clients. Debian has no package of MySQL's, which dumper: mysqldump needs for MySQL servers with
# generated columns, or as a whole: take dumper: mysql-native, which needs no program, or add MySQL's client in an image of
# your own and name it with the option executable (docs/dump.md).
FROM debian:12.10-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    mariadb-client openjdk-17-jre-headless openssh-client postgresql-client zstd \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --home-dir /var/lib/onedump --shell /usr/sbin/nologin onedump \
 && install -d -o onedump -g onedump /var/lib/onedump/work /backups /ssh
COPY --from=build --chown=onedump:onedump /onedump/target/onedump /opt/onedump
COPY routes /routes
RUN ln -s /opt/onedump/bin/onedump /usr/local/bin/onedump
USER 10001
# The first start prepares Java's class data; here it does so once for all containers.
RUN onedump --version
ENV ONEDUMP_WORK_DIRECTORY=/var/lib/onedump/work
VOLUME ["/var/lib/onedump/work", "/backups"]
ENTRYPOINT ["onedump"]
CMD ["serve", "--config", "/routes"]
