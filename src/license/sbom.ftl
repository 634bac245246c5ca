<#-- META-INF/sbom/bom.json of the WAR and the jar (CycloneDX 1.5), made by license-maven-plugin: works offline, and is the same for
     the same libraries -->
<#function isInside library>
  <#return library.artifact.scope! != "provided" || library.artifactId == "payara-micro">
</#function>
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {"component": {"type": "application", "name": "reelcast", "licenses": [{"license": {"id": "Apache-2.0"}}]}},
  "components": [
<#list dependencyMap as entry>
<#assign library = entry.getKey()>
<#if isInside(library)>
    {"type": "library", "group": "${library.groupId?json_string}", "name": "${library.artifactId?json_string}", "version": "${library.version?json_string}",
     "purl": "pkg:maven/${library.groupId?json_string}/${library.artifactId?json_string}@${library.version?json_string}<#if library.artifact.classifier?has_content>?classifier=${library.artifact.classifier?json_string}</#if>",
     "licenses": [<#list entry.getValue() as licence>{"license": {"name": "${licence?json_string}"}}<#if licence_has_next>, </#if></#list>]},
</#if>
</#list>
    {"type": "library", "name": "hls.js", "version": "1.4.12", "purl": "pkg:npm/hls.js@1.4.12", "licenses": [{"license": {"id": "Apache-2.0"}}]}
  ]
}
