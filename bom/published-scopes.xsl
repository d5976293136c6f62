<?xml version="1.0" encoding="UTF-8"?>
<!-- The libraries inside an artifact are needed to run it, not to compile against it. Maven has no scope for that while
     it compiles the artifact itself, so the published POM says it. Nullness annotations stand in the API and keep
     "compile". PublishedApiTest holds that no type of another library stands there. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://maven.apache.org/POM/4.0.0" xmlns:pom="http://maven.apache.org/POM/4.0.0">
  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="/pom:project/pom:dependencies/pom:dependency[pom:groupId != 'io.legion' and pom:groupId != 'org.jspecify' and not(pom:optional = 'true')]/pom:scope[. = 'compile']/text()">
    <xsl:text>runtime</xsl:text>
  </xsl:template>
</xsl:stylesheet>
