# One image per service: docker build --build-arg SERVICE=gateway -t spotplane/gateway .
# Build the jars first: ./spotplane build
FROM eclipse-temurin:25-jre
ARG SERVICE
COPY ${SERVICE}/target/*-exec.jar /opt/service.jar
RUN cd /opt && java -Djarmode=tools -jar service.jar extract --destination service && rm service.jar
USER 65532:65532
WORKDIR /opt/service
ENTRYPOINT ["java", "-jar", "/opt/service/service.jar"]
